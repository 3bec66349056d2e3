import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  publish: {
    id: 'sample-plugin-reviews.publish.publish',
    defaultMessage: 'Publish reviewed items ({count, number})',
    description: 'Button that publishes all reviewed items and nothing else, after a question. "count" is how many items.',
  },
  allSkipped: {
    id: 'sample-plugin-reviews.publish.all-skipped',
    defaultMessage: '{count, plural, one {# reviewed item} other {# reviewed items}} cannot be published yet',
    description: 'In place of that button if no reviewed item can be published: opens the reasons.',
  },
});
