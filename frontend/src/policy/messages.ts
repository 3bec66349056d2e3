import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  cancel: {
    id: 'sample-plugin-reviews.policy.cancel',
    defaultMessage: 'Cancel',
    description: 'Button that closes a dialog without doing anything.',
  },
  holds: {
    id: 'sample-plugin-reviews.policy.holds',
    defaultMessage: '{mode, select, required {{reviewers, plural, one {Only reviewed changes can be published in this library.} other {Only changes approved by # reviewers can be published in this library.}}} advisory {Unreviewed changes can be published in this library, and it is put on record.} other {Changes can be published in this library without a review.}}',
    description: 'Says what the library requires, and of how many different people.',
  },
  mode: {
    id: 'sample-plugin-reviews.policy.mode',
    defaultMessage: 'Review before publishing',
    description: 'Label of the three modes, of which administrators of a library choose one.',
  },
  modeName: {
    id: 'sample-plugin-reviews.policy.mode-name',
    defaultMessage: '{mode, select, required {Required} advisory {Advisory} other {Off}}',
    description: 'One of the three modes.',
  },
  modeMeans: {
    id: 'sample-plugin-reviews.policy.mode-means',
    defaultMessage: '{mode, select, required {Only reviewed changes can be published.} advisory {Unreviewed changes can be published. Publishers are told, and it is put on record.} other {Changes can be published without a review. Publishers are not told, but it is put on record.}}',
    description: 'Below the name of a mode: what it means.',
  },
  isDefault: {
    id: 'sample-plugin-reviews.policy.is-default',
    defaultMessage: 'This is the site’s default.',
    description: 'Below a setting if the library uses the site’s default.',
  },
  reviewersNeeded: {
    id: 'sample-plugin-reviews.policy.reviewers-needed',
    defaultMessage: 'Reviewers needed',
    description: 'Label of the field with the number of people who have to review a change.',
  },
  reviewersUseDefault: {
    id: 'sample-plugin-reviews.policy.reviewers-use-default',
    defaultMessage: 'Use the site’s default',
    description: 'Button beside that field: use the site’s default again.',
  },
  reviewersRange: {
    id: 'sample-plugin-reviews.policy.reviewers-range',
    defaultMessage: 'Enter a whole number from 1 to {most, number}.',
    description: 'Below that field if its value is not valid.',
  },
  whoMayReview: {
    id: 'sample-plugin-reviews.policy.who-may-review',
    defaultMessage: 'Who may review',
    description: 'Label of the field in which administrators of a library choose who may review a change.',
  },
  whoMayReviewRule: {
    id: 'sample-plugin-reviews.policy.who-may-review-rule',
    defaultMessage: '{rule, select, not_contributors {People who did not change it} not_last_editor {Anyone but the last editor} other {Anyone}}',
    description: 'An option in that field. All of these people need the permission to review.',
  },
  reviewStarts: {
    id: 'sample-plugin-reviews.policy.review-starts',
    defaultMessage: 'A change waits for a review',
    description: 'Label of the field in which administrators of a library choose when that is. The options go on with the sentence.',
  },
  reviewStartsRule: {
    id: 'sample-plugin-reviews.policy.review-starts-rule',
    defaultMessage: '{starts, select, when_asked {When an author asks} other {At every save}}',
    description: 'An option in that field.',
  },
  useDefault: {
    id: 'sample-plugin-reviews.policy.use-default',
    defaultMessage: 'Site default',
    description: 'An option in such a field: use the site’s default.',
  },
  reason: {
    id: 'sample-plugin-reviews.policy.reason',
    defaultMessage: '{isNeeded, select, true {Reason} other {Reason (optional)}}',
    description: 'Label of the field for the reason of a change of the settings. It is needed if a rule gets weaker.',
  },
  reasonMissing: {
    id: 'sample-plugin-reviews.policy.reason-missing',
    defaultMessage: 'Say why the rule gets weaker. The reason is put on record.',
    description: 'Below that field if it is empty and a reason is needed.',
  },
  save: {
    id: 'sample-plugin-reviews.policy.save',
    defaultMessage: 'Save',
    description: 'Button that saves the settings.',
  },
  saving: {
    id: 'sample-plugin-reviews.policy.saving',
    defaultMessage: 'Saving…',
    description: 'On that button while they are saved.',
  },
  saved: {
    id: 'sample-plugin-reviews.policy.saved',
    defaultMessage: 'Saved. The settings apply from now on.',
    description: 'When they are saved.',
  },
  undo: {
    id: 'sample-plugin-reviews.policy.undo',
    defaultMessage: 'Undo changes',
    description: 'Button that shows the settings as they are again, and saves nothing.',
  },
  openGate: {
    id: 'sample-plugin-reviews.policy.open-gate',
    defaultMessage: 'Publish without reviews?',
    description: 'Title of the question before reviews are no longer required.',
  },
  openGateMeans: {
    id: 'sample-plugin-reviews.policy.open-gate-means',
    defaultMessage: 'Anyone who can publish in “{library}” will be able to publish unreviewed changes. {mode, select, advisory {Publishers are told afterwards how many were not reviewed.} other {Publishers are not told that changes are unreviewed.}} Each publish is put on record, with what was unreviewed.',
    description: 'The consequence. "library" is its title.',
  },
  openGateConfirm: {
    id: 'sample-plugin-reviews.policy.open-gate-confirm',
    defaultMessage: '{mode, select, advisory {Switch to advisory} other {Switch reviews off}}',
    description: 'Button that does it.',
  },
  openPeriod: {
    id: 'sample-plugin-reviews.policy.open-period',
    defaultMessage: 'Reviews were not required {isKnown, select, true {for {length}, from {since} to {until}} other {until {until}}}. {publishes, plural, =0 {Nothing was published meanwhile.} other {{changes, plural, one {# change} other {# changes}} went live in {publishes, plural, one {# publish} other {# publishes}}, {unreviewed, plural, =0 {all of them reviewed} other {# of them not reviewed}}.}}',
    description: 'Shown if reviews are required again. "length" is a number with its unit: “3 days”; the others are times.',
  },
  history: {
    id: 'sample-plugin-reviews.policy.history',
    defaultMessage: 'History of these settings ({count, number})',
    description: 'Opens a list of the changes. "count" is how many there were.',
  },
  historyChange: {
    id: 'sample-plugin-reviews.policy.history-change',
    defaultMessage: '{field, select, mode {Review before publishing} required_reviewers {Reviewers needed} review_starts {A change waits for a review} other {Who may review}}: {before} → {after}',
    description: 'One change in that list, followed by the person and the time.',
  },
  historyDefault: {
    id: 'sample-plugin-reviews.policy.history-default',
    defaultMessage: '{value} (site default)',
    description: 'A value in that list that the site’s default decides. "value" is what applied, “?” if that is unknown.',
  },
  historyNobody: {
    id: 'sample-plugin-reviews.policy.history-nobody',
    defaultMessage: 'a script or a deleted account',
    description: 'In place of the person’s name.',
  },
  historyOlder: {
    id: 'sample-plugin-reviews.policy.history-older',
    defaultMessage: '{count, plural, one {And # older one.} other {And # older ones.}}',
    description: 'Below a list that is too long to show.',
  },
  close: {
    id: 'sample-plugin-reviews.policy.close',
    defaultMessage: 'Close',
    description: 'Button that closes a dialog.',
  },
  bypass: {
    id: 'sample-plugin-reviews.policy.bypass',
    defaultMessage: 'Publish without review…',
    description: 'Button for administrators of a library: opens a dialog in which unreviewed changes can be published.',
  },
  bypassTitle: {
    id: 'sample-plugin-reviews.policy.bypass-title',
    defaultMessage: 'Publish without review',
    description: 'Title of that dialog.',
  },
  bypassUnreviewed: {
    id: 'sample-plugin-reviews.policy.bypass-unreviewed',
    defaultMessage: '{count, plural, =0 {Everything that will go live is reviewed} one {# change will go live without a review} other {# changes will go live without a review}}',
    description: 'Heading above the unreviewed changes.',
  },
  bypassItem: {
    id: 'sample-plugin-reviews.policy.bypass-item',
    defaultMessage: '{title} ({change, select, new {new} edited {edited} deleted {deleted} other {only what it contains}})',
    description: 'An unreviewed change in that list.',
  },
  bypassMore: {
    id: 'sample-plugin-reviews.policy.bypass-more',
    defaultMessage: 'And {count, number} more.',
    description: 'Below that list if it is too long to show.',
  },
  bypassReviewed: {
    id: 'sample-plugin-reviews.policy.bypass-reviewed',
    defaultMessage: '{count, plural, one {# reviewed change goes live} other {# reviewed changes go live}} with {unreviewed, plural, one {it} other {them}}.',
    description: 'Below that list. "unreviewed" is how many are in it.',
  },
  bypassNothing: {
    id: 'sample-plugin-reviews.policy.bypass-nothing',
    defaultMessage: 'There are no unpublished changes now.',
    description: 'In the dialog, if there is nothing to publish.',
  },
  bypassReason: {
    id: 'sample-plugin-reviews.policy.bypass-reason',
    defaultMessage: 'Reason',
    description: 'Label of the field for the reason, which is needed.',
  },
  bypassReasonMissing: {
    id: 'sample-plugin-reviews.policy.bypass-reason-missing',
    defaultMessage: 'Say why this is published without a review.',
    description: 'Below that field if it is empty.',
  },
  bypassRecord: {
    id: 'sample-plugin-reviews.policy.bypass-record',
    defaultMessage: 'Your name, the reason and the unreviewed changes are put on record.',
    description: 'Below that field.',
  },
  bypassChanged: {
    id: 'sample-plugin-reviews.policy.bypass-changed',
    defaultMessage: 'Nothing was published yet: this has changed since you opened the list. Look at it again.',
    description: 'In the dialog, above the list as it is now.',
  },
  bypassConfirm: {
    id: 'sample-plugin-reviews.policy.bypass-confirm',
    defaultMessage: 'Publish {count, plural, one {# change} other {# changes}}, {unreviewed, plural, =0 {all reviewed} other {# of them not reviewed}}',
    description: 'Button that publishes.',
  },
  bypassPublishing: {
    id: 'sample-plugin-reviews.policy.bypass-publishing',
    defaultMessage: 'Publishing…',
    description: 'On that button while the changes are published.',
  },
  bypassDone: {
    id: 'sample-plugin-reviews.policy.bypass-done',
    defaultMessage: '{count, plural, =0 {Nothing was published: someone else may have published it already.} other {{count, plural, one {# change is} other {# changes are}} live now, {unreviewed, plural, =0 {all of them reviewed} other {# of them not reviewed}}. This is on record as publish {id}.}}',
    description: 'When it is done. "id" is the number of the record.',
  },
});
