import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  title: {
    id: 'sample-plugin-reviews.unit-page.title',
    defaultMessage: 'Reviews',
    description: 'Name and heading of a page in the sidebar of a course unit: who reviewed what the unit has from libraries.',
  },
  crashed: {
    id: 'sample-plugin-reviews.unit-page.crashed',
    defaultMessage: 'Something went wrong here. Reload the page to see the reviews.',
    description: 'Shown in place of the page when it has crashed.',
  },
  nothing: {
    id: 'sample-plugin-reviews.unit-page.nothing',
    defaultMessage: 'Nothing in this unit comes from a library.',
    description: 'Shown in place of the list if there is nothing to list.',
  },
  notInstalled: {
    id: 'sample-plugin-reviews.unit-page.not-installed',
    defaultMessage: 'Reviews are not available in this Studio.',
    description: 'Shown if the server does not know of reviews at all.',
  },
  unreviewedBlocks: {
    id: 'sample-plugin-reviews.unit-page.unreviewed-blocks',
    defaultMessage: '{count, plural, one {This block came from a version that has not been reviewed: {names}} other {These blocks came from versions that have not been reviewed: {names}}}',
    description: 'Warning above the sidebar of a course unit. "names" is a list of the names of blocks.',
  },
  openInLibrary: {
    id: 'sample-plugin-reviews.unit-page.open-in-library',
    defaultMessage: 'Open in the library<sr> ({name})</sr>',
    description: 'Link to a block’s original in the library. Only screen readers say what is between the tags.',
  },
  inCourse: {
    id: 'sample-plugin-reviews.unit-page.in-course',
    defaultMessage: 'In this course: version {version, number}',
    description: 'Above what is known of the version of a library’s item that the course has.',
  },
  unknownVersion: {
    id: 'sample-plugin-reviews.unit-page.unknown-version',
    defaultMessage: 'It is not known which version of it this course has.',
    description: 'Shown with a block from a library if Studio does not say which version of it the course has.',
  },
  newer: {
    id: 'sample-plugin-reviews.unit-page.newer',
    defaultMessage: 'Not synced yet: version {version, number}',
    description: 'Above what is known of a newer version that waits in the library to be synced into the course.',
  },
  reviewed: {
    id: 'sample-plugin-reviews.unit-page.reviewed',
    defaultMessage: 'Reviewed',
    description: 'Of a version of an item.',
  },
  notReviewed: {
    id: 'sample-plugin-reviews.unit-page.not-reviewed',
    defaultMessage: 'Not reviewed',
    description: 'Of a version of an item.',
  },
  incomplete: {
    id: 'sample-plugin-reviews.unit-page.incomplete',
    defaultMessage: 'Review not finished',
    description: 'Of a version of an item that somebody has reviewed: more people have to, or somebody asked for changes.',
  },
  unseen: {
    id: 'sample-plugin-reviews.unit-page.unseen',
    defaultMessage: 'Unknown: you may not see this library, or it is no longer there.',
    description: 'Shown in place of “Reviewed” or “Not reviewed” if the server has nothing to say of an item.',
  },
  review: {
    id: 'sample-plugin-reviews.unit-page.review',
    defaultMessage: 'by {name}, {ago}',
    description: 'Below “Reviewed”, who reviewed the version and when: “by Ada, 3 hours ago”.',
  },
  carriedOver: {
    id: 'sample-plugin-reviews.unit-page.carried-over',
    defaultMessage: 'by {name}; saved again without a change {ago}',
    description: 'The same of a review that still holds, since the item was saved since but not changed.',
  },
});
