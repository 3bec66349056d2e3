import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  reviews: {
    id: 'sample-plugin-reviews.header.reviews',
    defaultMessage: 'Reviews',
    description: 'Button in the header of a library, which opens the panel of reviews.',
  },
  waiting: {
    id: 'sample-plugin-reviews.header.waiting',
    defaultMessage: 'Reviews: {count, plural, one {# change awaits} other {# changes await}} review',
    description: 'What a screen reader says of that button if there are changes that nobody has reviewed.',
  },
  refused: {
    id: 'sample-plugin-reviews.header.refused',
    defaultMessage: 'Nothing was published: {unreviewed, number} of {total, plural, one {# change} other {# changes}} {unreviewed, plural, one {has} other {have}} not been reviewed.',
    description: 'Shown in place of Studio’s own message when a publish was refused. "unreviewed" and "total" are numbers of changes.',
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
