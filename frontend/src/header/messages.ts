import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  reviews: {
    id: 'sample-plugin-reviews.header.reviews',
    defaultMessage: 'Reviews',
    description: 'Button in the header of a library, which opens the reviews.',
  },
  waiting: {
    id: 'sample-plugin-reviews.header.waiting',
    defaultMessage: 'Reviews{count, plural, =0 {} other {: }}{toReview, plural, =0 {} one {# change to review} other {# changes to review}}{toAnswer, plural, =0 {} one {{toReview, plural, =0 {} other {, }}# request to answer} other {{toReview, plural, =0 {} other {, }}# requests to answer}}',
    description: 'Read by a screen reader on that button: how many changes the person may review, and how many requests for changes their own changes have. "count" is both together.',
  },
  moreThan: {
    id: 'sample-plugin-reviews.header.more-than',
    defaultMessage: '{count, number}+',
    description: 'On that button, where there are more than "count". A screen reader reads the exact number.',
  },
  refused: {
    id: 'sample-plugin-reviews.header.refused',
    defaultMessage: 'Nothing was published. {total, plural, one {This change is not reviewed yet.} other {{unreviewed, plural, one {# of {total, number} changes is} other {# of {total, number} changes are}} not reviewed yet.}}{requested, plural, =0 {} other {{total, plural, one { A reviewer has requested changes.} other { Reviewers have requested changes in {requested, number} of them.}}}}',
    description: 'Shown in place of Studio’s own message when a publish was refused. "unreviewed", "total" and "requested" are numbers of changes.',
  },
  showRefused: {
    id: 'sample-plugin-reviews.header.show-refused',
    defaultMessage: 'Show what is missing',
    description: 'Button beside that message: opens the reviews on the changes that were not reviewed.',
  },
  crashed: {
    id: 'sample-plugin-reviews.header.crashed',
    defaultMessage: 'The reviews cannot be shown. Reload the page and try again.',
    description: 'Shown if the page of reviews could not be loaded, or has crashed.',
  },
  close: {
    id: 'sample-plugin-reviews.header.close',
    defaultMessage: 'Close',
    description: 'Closes that message.',
  },
});
