import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  changed: {
    id: 'sample-plugin-reviews.publish.changed',
    defaultMessage: '{isDone, select, true {What was published differs from the preview:} other {Nothing was published yet: this has changed since you opened the preview.}}',
    description: 'Above a list of the differences, in the dialog.',
  },
  changedItem: {
    id: 'sample-plugin-reviews.publish.changed-item',
    defaultMessage: '{isAdded, select, true {Added: } other {No longer included: }}{title} ({change, select, new {new} edited {edited} deleted {deleted} other {only what it contains}})',
    description: 'One of the differences: an item.',
  },
  title: {
    id: 'sample-plugin-reviews.publish.title',
    defaultMessage: 'Publish reviewed items',
    description: 'Title of the dialog.',
  },
  close: {
    id: 'sample-plugin-reviews.publish.close',
    defaultMessage: 'Close',
    description: 'Button that closes the dialog, or a message.',
  },
  cancel: {
    id: 'sample-plugin-reviews.publish.cancel',
    defaultMessage: 'Cancel',
    description: 'Button that closes the dialog without publishing.',
  },
  confirm: {
    id: 'sample-plugin-reviews.publish.confirm',
    defaultMessage: 'Publish {count, plural, one {# item} other {# items}}',
    description: 'Button in the dialog that publishes.',
  },
  publishing: {
    id: 'sample-plugin-reviews.publish.publishing',
    defaultMessage: 'Publishing…',
    description: 'On that button while the items are published.',
  },
  goingLive: {
    id: 'sample-plugin-reviews.publish.going-live',
    defaultMessage: '{count, plural, one {# item will go live} other {# items will go live}}',
    description: 'Heading above what will be published.',
  },
  stepsNotAsked: {
    id: 'sample-plugin-reviews.publish.steps-not-asked',
    defaultMessage: 'These are too many to ask the rules of other plugins now. They are asked when the items are published, and may keep some or all of them back.',
    description: 'Below what will be published, if it is so much that it is published in the background.',
  },
  staying: {
    id: 'sample-plugin-reviews.publish.staying',
    defaultMessage: '{count, plural, one {# reviewed item won’t be published yet} other {# reviewed items won’t be published yet}}',
    description: 'Heading above reviewed items that cannot be published yet, with the reasons.',
  },
  item: {
    id: 'sample-plugin-reviews.publish.item',
    defaultMessage: '{title} ({change, select, new {new} edited {edited} deleted {deleted} other {only what it contains}})',
    description: 'An item that will be published, and what has changed.',
  },
  more: {
    id: 'sample-plugin-reviews.publish.more',
    defaultMessage: 'And {count, number} more.',
    description: 'Below a list that is too long to show.',
  },
  unreviewedStay: {
    id: 'sample-plugin-reviews.publish.unreviewed-stay',
    defaultMessage: '{count, plural, one {# unreviewed change stays a draft.} other {# unreviewed changes stay drafts.}}{mode, select, advisory { This library is in advisory mode: Studio’s own “Publish” takes {count, plural, one {it} other {them}} live without a review.} other {}}',
    description: 'Says that the other changes stay as they are.',
  },
  nothingToPublish: {
    id: 'sample-plugin-reviews.publish.nothing-to-publish',
    defaultMessage: 'No reviewed changes can be published now.',
    description: 'In the dialog, if there is nothing to publish.',
  },
  published: {
    id: 'sample-plugin-reviews.publish.published',
    defaultMessage: '{count, plural, =0 {Nothing was published: someone else may have published it already.} one {# item is live now.} other {# items are live now.}}{skipped, plural, =0 {} one { # reviewed item was not published.} other { # reviewed items were not published.}}',
    description: 'When it is done.',
  },
  progress: {
    id: 'sample-plugin-reviews.publish.progress',
    defaultMessage: '{total, plural, =-1 {Publishing…} other {Publishing: {done, number} of {total, number}}}',
    description: 'While the publish runs in the background. "total" is -1 until it is known.',
  },
  noAnswer: {
    id: 'sample-plugin-reviews.publish.no-answer',
    defaultMessage: 'Studio is not responding. The publish continues, and this page keeps checking.',
    description: 'Below the progress, in place of “Publishing continues if you leave this page.”',
  },
  skipped: {
    id: 'sample-plugin-reviews.publish.skipped',
    defaultMessage: '{title}: {reason}',
    description: 'A reviewed item that was not published, and the reason: a sentence.',
  },
  inBackground: {
    id: 'sample-plugin-reviews.publish.in-background',
    defaultMessage: 'Publishing continues if you leave this page.',
    description: 'Below the progress.',
  },
});
