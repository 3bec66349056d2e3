import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  reviews: {
    id: 'sample-plugin-reviews.header.reviews',
    defaultMessage: 'Reviews',
    description: 'Button in the header of a library, which opens the panel of reviews.',
  },
  waiting: {
    id: 'sample-plugin-reviews.header.waiting',
    defaultMessage: 'Reviews: {count, plural, one {# change awaits} other {# changes await}} review{requested, plural, =0 {} one {; # of yours needs changes} other {; # of yours need changes}}',
    description: 'Read by a screen reader on that button if there are unreviewed changes. "requested" is how many of the person’s own changes have an open request.',
  },
  needChanges: {
    id: 'sample-plugin-reviews.header.need-changes',
    defaultMessage: '{requested, plural, one {# needs changes} other {# need changes}}',
    description: 'On that button, after the number of changes that await review: how many of the person’s own changes have an open request.',
  },
  refused: {
    id: 'sample-plugin-reviews.header.refused',
    defaultMessage: 'Nothing was published. {total, plural, one {This change is not reviewed yet.} other {{unreviewed, plural, one {# of {total, number} changes is} other {# of {total, number} changes are}} not reviewed yet.}}{requested, plural, =0 {} other {{total, plural, one { A reviewer has requested changes.} other { Reviewers have requested changes in {requested, number} of them.}}}}',
    description: 'Shown in place of Studio’s own message when a publish was refused. "unreviewed", "total" and "requested" are numbers of changes.',
  },
  showRefused: {
    id: 'sample-plugin-reviews.header.show-refused',
    defaultMessage: 'Show what is missing',
    description: 'Button beside that message: opens the panel of reviews on the changes that were not reviewed.',
  },
  crashed: {
    id: 'sample-plugin-reviews.header.crashed',
    defaultMessage: 'The reviews cannot be shown. Reload the page and try again.',
    description: 'Shown if the panel of reviews could not be loaded, or has crashed.',
  },
  close: {
    id: 'sample-plugin-reviews.header.close',
    defaultMessage: 'Close',
    description: 'Closes that message.',
  },
});
