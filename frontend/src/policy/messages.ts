import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  cancel: {
    id: 'sample-plugin-reviews.policy.cancel',
    defaultMessage: 'Cancel',
    description: 'Button that closes a dialog without doing anything.',
  },
  requireReviews: {
    id: 'sample-plugin-reviews.policy.require-reviews',
    defaultMessage: 'Require a review before publishing',
    description: 'Switch for administrators of a library.',
  },
  required: {
    id: 'sample-plugin-reviews.policy.required',
    defaultMessage: '{reviewers, plural, one {Only reviewed changes can be published in this library.} other {Only changes approved by # reviewers can be published in this library.}}',
    description: 'Says that the library requires reviews, and of how many different people.',
  },
  notRequired: {
    id: 'sample-plugin-reviews.policy.not-required',
    defaultMessage: 'Changes can be published in this library without a review.',
    description: 'Says that the library does not require reviews.',
  },
  stopRequiring: {
    id: 'sample-plugin-reviews.policy.stop-requiring',
    defaultMessage: 'Publish without reviews?',
    description: 'Title of the question before the requirement is switched off.',
  },
  stopRequiringMeans: {
    id: 'sample-plugin-reviews.policy.stop-requiring-means',
    defaultMessage: 'Anyone who can publish in “{library}” will be able to publish unreviewed changes.',
    description: 'The consequence of switching the requirement off. "library" is its title.',
  },
  stopRequiringConfirm: {
    id: 'sample-plugin-reviews.policy.stop-requiring-confirm',
    defaultMessage: 'Do not require reviews',
    description: 'Button that switches the requirement off.',
  },
  reviewersNeeded: {
    id: 'sample-plugin-reviews.policy.reviewers-needed',
    defaultMessage: 'Reviewers needed',
    description: 'Label of the field with the number of people who have to review a change.',
  },
  reviewersDefault: {
    id: 'sample-plugin-reviews.policy.reviewers-default',
    defaultMessage: 'This is the site’s default.',
    description: 'Below that field if the library uses the site’s default.',
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
  whoMayReviewDefault: {
    id: 'sample-plugin-reviews.policy.who-may-review-default',
    defaultMessage: 'Site default',
    description: 'An option in that field: use the site’s default.',
  },
  save: {
    id: 'sample-plugin-reviews.policy.save',
    defaultMessage: 'Save',
    description: 'Button beside that field.',
  },
});
