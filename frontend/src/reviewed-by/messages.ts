import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  show: {
    id: 'sample-plugin-reviews.reviewed-by.show',
    defaultMessage: 'Show learners that content was reviewed',
    description: 'Switch in the review policy of a library.',
  },
  showMeans: {
    id: 'sample-plugin-reviews.reviewed-by.show-means',
    defaultMessage: 'In courses, a line below each block from this library says when it was reviewed. Reviewers are named if they agreed to it on their page “My reviews”.',
    description: 'Below that switch.',
  },
  isShown: {
    id: 'sample-plugin-reviews.reviewed-by.is-shown',
    defaultMessage: 'Learners see that content from this library was reviewed.',
    description: 'In the review policy, for a person who may not change it.',
  },
  title: {
    id: 'sample-plugin-reviews.reviewed-by.title',
    defaultMessage: 'Your name for learners',
    description: 'Heading above the field for the name that learners see of a reviewer. The field is folded up.',
  },
  name: {
    id: 'sample-plugin-reviews.reviewed-by.name',
    defaultMessage: 'Name',
    description: 'Label of that field.',
  },
  nameMeans: {
    id: 'sample-plugin-reviews.reviewed-by.name-means',
    defaultMessage: 'Learners see it below what you reviewed, where a library shows its reviews. Leave it empty, and they only see that it was reviewed.',
    description: 'Below that field.',
  },
  save: {
    id: 'sample-plugin-reviews.reviewed-by.save',
    defaultMessage: 'Save',
    description: 'Button below that field.',
  },
  saved: {
    id: 'sample-plugin-reviews.reviewed-by.saved',
    defaultMessage: 'Saved. Where a library shows its reviews, learners see “{name}” within five minutes.',
    description: 'Below that field, after the name was saved.',
  },
  savedNone: {
    id: 'sample-plugin-reviews.reviewed-by.saved-none',
    defaultMessage: 'Saved. Within five minutes, learners see no name of yours.',
    description: 'Below that field, after the name was removed.',
  },
});
