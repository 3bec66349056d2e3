import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  title: {
    id: 'sample-plugin-reviews.my-reviews.title',
    defaultMessage: 'My reviews',
    description: 'Heading of the page with what waits for this person in all libraries.',
  },
  lists: {
    id: 'sample-plugin-reviews.my-reviews.lists',
    defaultMessage: 'Lists',
    description: 'Read by a screen reader before the buttons that follow.',
  },
  group: {
    id: 'sample-plugin-reviews.my-reviews.group',
    defaultMessage: '{group, select, to_review {To review} to_answer {Changes requested from me} with_others {Waiting for others} other {Overdue}}{isCounted, select, true { ({count, number})} other {}}',
    description: 'Button: shows the changes that this person may review, those in which a reviewer requests changes from them, those that others act on next, or those that have waited too long. "count" is how many.',
  },
  about: {
    id: 'sample-plugin-reviews.my-reviews.about',
    defaultMessage: '{group, select, to_review {Changes that wait for your review.} to_answer {A reviewer has requested changes to these edits of yours.} with_others {Changes that you made or gave a verdict on, and that wait for others now.} other {Changes that have waited too long for a review, in the libraries whose review settings you manage.}} The oldest comes first.',
    description: 'Above the list: what is in it.',
  },
  empty: {
    id: 'sample-plugin-reviews.my-reviews.empty',
    defaultMessage: '{group, select, to_review {No change is waiting for your review. When an author changes content that you may review, you find it here.} to_answer {No reviewer requests changes from you. When one does, you find here what to change.} with_others {Nothing of yours is waiting for others. When you edit content or request changes, you find here what has not been reviewed yet.} other {No change has waited too long for a review.}}',
    description: 'In place of a list that is empty.',
  },
  noLibraries: {
    id: 'sample-plugin-reviews.my-reviews.no-libraries',
    defaultMessage: 'You have no access to any library. Ask the administrator of a library to add you to its team.',
    description: 'In place of the list if the person may see no library.',
  },
  rowLine: {
    id: 'sample-plugin-reviews.my-reviews.row-line',
    defaultMessage: '{type, select, html {Text} problem {Problem} video {Video} unit {Unit} subsection {Subsection} section {Section} other {Component}}, {change, select, new {new} edited {edited} deleted {deleted} other {unchanged}} · {library}',
    description: 'Second line of a change in the list: “Text, edited · Bread”. "library" is the title of its library.',
  },
  asked: {
    id: 'sample-plugin-reviews.my-reviews.asked',
    defaultMessage: '{isOwn, select, true {you asked for a review} other {{name} asked for a review}}',
    description: 'Goes on in that line: “Text, edited · Bread · Ada asked for a review”.',
  },
  since: {
    id: 'sample-plugin-reviews.my-reviews.since',
    defaultMessage: '{state, select, changes_requested {requested {ago}} other {changed {ago}}}',
    description: 'Goes on in that line: since when it waits, “changed 3 days ago”; “requested” is when a reviewer requested changes.',
  },
  state: {
    id: 'sample-plugin-reviews.my-reviews.state',
    defaultMessage: '{state, select, changes_requested {Changes requested} other {Not reviewed}}',
    description: 'State of a change in the list.',
  },
  overdue: {
    id: 'sample-plugin-reviews.my-reviews.overdue',
    defaultMessage: 'overdue: waiting for {days, plural, one {# day} other {# days}}',
    description: 'Beside a change that has waited longer than the site allows.',
  },
  more: {
    id: 'sample-plugin-reviews.my-reviews.more',
    defaultMessage: 'Show more ({shown, number} of {count, number} shown)',
    description: 'Button below the list.',
  },
  figures: {
    id: 'sample-plugin-reviews.my-reviews.figures',
    defaultMessage: 'Figures',
    description: 'Button for those who manage a library: shows how long changes wait there. Also the name of that part.',
  },
});
