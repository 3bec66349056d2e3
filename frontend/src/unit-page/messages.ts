import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  title: {
    id: 'sample-plugin-reviews.unit-page.title',
    defaultMessage: 'Reviews',
    description: 'Name of a page in the sidebar of a course unit, with the reviews of its blocks from libraries.',
  },
  heading: {
    id: 'sample-plugin-reviews.unit-page.heading',
    defaultMessage: 'Content from libraries',
    description: 'Heading above the blocks of a course unit that come from libraries. The sidebar has “Reviews” above it.',
  },
  crashed: {
    id: 'sample-plugin-reviews.unit-page.crashed',
    defaultMessage: 'Something went wrong here. Reload the page to see the reviews.',
    description: 'Shown in place of the page when it has crashed.',
  },
  nothing: {
    id: 'sample-plugin-reviews.unit-page.nothing',
    defaultMessage: 'Nothing in this unit comes from a library.',
    description: 'In place of an empty list.',
  },
  notInstalled: {
    id: 'sample-plugin-reviews.unit-page.not-installed',
    defaultMessage: 'Reviews are not available in this Studio.',
    description: 'Shown if the plugin is not installed on the server.',
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
    description: 'Above the reviews of the version that the course has of a library’s item.',
  },
  unknownVersion: {
    id: 'sample-plugin-reviews.unit-page.unknown-version',
    defaultMessage: 'The version in this course is unknown.',
    description: 'Shown with a block from a library if Studio does not say which version the course has.',
  },
  newer: {
    id: 'sample-plugin-reviews.unit-page.newer',
    defaultMessage: 'Not synced yet: version {version, number}',
    description: 'Above the reviews of a newer version that can be synced from the library into the course.',
  },
  reviewed: {
    id: 'sample-plugin-reviews.unit-page.reviewed',
    defaultMessage: 'Reviewed',
    description: 'State of a version of an item.',
  },
  notReviewed: {
    id: 'sample-plugin-reviews.unit-page.not-reviewed',
    defaultMessage: 'Not reviewed',
    description: 'State of a version of an item.',
  },
  incomplete: {
    id: 'sample-plugin-reviews.unit-page.incomplete',
    defaultMessage: 'Review not finished',
    description: 'State of a version that has been reviewed, but not by enough reviewers, or with a request for changes.',
  },
  unseen: {
    id: 'sample-plugin-reviews.unit-page.unseen',
    defaultMessage: 'Unknown: you cannot view this library, or the item no longer exists.',
    description: 'Shown in place of “Reviewed” or “Not reviewed” if the server does not find an item.',
  },
});
