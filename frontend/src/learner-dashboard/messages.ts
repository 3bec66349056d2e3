import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  archive: {
    id: 'sample-plugin-reviews.learner-dashboard.archive',
    defaultMessage: 'Archive',
    description: 'Button in a course card on the learner’s dashboard: puts the card away, into the archived courses.',
  },
  archiveCourse: {
    id: 'sample-plugin-reviews.learner-dashboard.archive-course',
    defaultMessage: 'Archive {course}',
    description: 'Read by a screen reader on that button. It must begin with the same words as the button.',
  },
  bringBack: {
    id: 'sample-plugin-reviews.learner-dashboard.bring-back',
    defaultMessage: 'Bring back',
    description: 'Button in the card of an archived course: puts the card back into the list of courses.',
  },
  bringBackCourse: {
    id: 'sample-plugin-reviews.learner-dashboard.bring-back-course',
    defaultMessage: 'Bring back {course}',
    description: 'Read by a screen reader on that button. It must begin with the same words as the button.',
  },
  archivedCourses: {
    id: 'sample-plugin-reviews.learner-dashboard.archived-courses',
    defaultMessage: 'Archived courses ({count, number})',
    description: 'Heading below the list of courses, and a button that shows or hides the archived ones.',
  },
  nothingHere: {
    id: 'sample-plugin-reviews.learner-dashboard.nothing-here',
    defaultMessage: 'You have archived all courses of this list.',
    description: 'In place of a list of courses, or of one page of it, in which the learner has archived every course.',
  },
  archived: {
    id: 'sample-plugin-reviews.learner-dashboard.archived',
    defaultMessage: 'Archived: {course}',
    description: 'Message after a learner has archived a course card.',
  },
  broughtBack: {
    id: 'sample-plugin-reviews.learner-dashboard.brought-back',
    defaultMessage: 'Brought back: {course}',
    description: 'Message after a learner has put a course card back into the list.',
  },
  notArchived: {
    id: 'sample-plugin-reviews.learner-dashboard.not-archived',
    defaultMessage: '{course} could not be archived. Try again.',
    description: 'Message after the server could not be reached, or refused.',
  },
  notBroughtBack: {
    id: 'sample-plugin-reviews.learner-dashboard.not-brought-back',
    defaultMessage: '{course} could not be brought back. Try again.',
    description: 'Message after the server could not be reached, or refused.',
  },
  undo: {
    id: 'sample-plugin-reviews.learner-dashboard.undo',
    defaultMessage: 'Undo',
    description: 'Button in the message that a course was archived or brought back.',
  },
  close: {
    id: 'sample-plugin-reviews.learner-dashboard.close',
    defaultMessage: 'Close',
    description: 'Button that closes the message.',
  },
});
