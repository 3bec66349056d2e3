import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  title: {
    id: 'sample-plugin-reviews.workspace.title',
    defaultMessage: 'Review: {library}',
    description: 'Heading of the review workspace. "library" is the title of the library.',
  },
  mine: {
    id: 'sample-plugin-reviews.workspace.mine',
    defaultMessage: 'My reviews',
    description: 'Button that opens the page with what waits for this person in all libraries.',
  },
  settings: {
    id: 'sample-plugin-reviews.workspace.settings',
    defaultMessage: 'Review settings',
    description: 'Button that shows how many reviewers this library requires, and name of that part.',
  },
  crashed: {
    id: 'sample-plugin-reviews.workspace.crashed',
    defaultMessage: 'The changes cannot be shown. Reload the page and try again.',
    description: 'In place of a difference that could not be shown.',
  },
  unknownAuthor: {
    id: 'sample-plugin-reviews.workspace.unknown-author',
    defaultMessage: 'Unknown author',
    description: 'In place of the author of a change.',
  },

  // Which part of the library
  scope: {
    id: 'sample-plugin-reviews.workspace.scope',
    defaultMessage: 'Review',
    description: 'Label of the field in which people choose what to review: the whole library, or a part of it.',
  },
  scopeAll: {
    id: 'sample-plugin-reviews.workspace.scope-all',
    defaultMessage: 'The whole library ({count, number})',
    description: 'Option in that field. "count" is a number of changes.',
  },
  scopeBlocked: {
    id: 'sample-plugin-reviews.workspace.scope-blocked',
    defaultMessage: 'What blocked the publish ({count, number})',
    description: 'Option in that field: the unreviewed changes for which Studio refused to publish.',
  },
  scopeSelected: {
    id: 'sample-plugin-reviews.workspace.scope-selected',
    defaultMessage: 'Selected changes ({count, number})',
    description: 'One of those choices: the changes whose boxes the person has checked.',
  },
  select: {
    id: 'sample-plugin-reviews.workspace.select',
    defaultMessage: 'Select {title}',
    description: 'Read by a screen reader on the checkbox of a change.',
  },
  reviewSelected: {
    id: 'sample-plugin-reviews.workspace.review-selected',
    defaultMessage: 'Review {count, number} selected',
    description: 'Button that shows the selected changes only.',
  },
  clearSelection: {
    id: 'sample-plugin-reviews.workspace.clear-selection',
    defaultMessage: 'Clear selection',
    description: 'Button that ends the selection.',
  },
  scopeContainer: {
    id: 'sample-plugin-reviews.workspace.scope-container',
    defaultMessage: '{title} and its contents',
    description: 'Option in that field. "title" is the title of a unit, a subsection or a section.',
  },
  scopeImport: {
    id: 'sample-plugin-reviews.workspace.scope-import',
    defaultMessage: '{hasSource, select, true {Imported from {source}} other {Imported}} ({count, number})',
    description: 'Option in that field: what an import brought. "count" is a number of changes.',
  },

  // The queue
  queue: {
    id: 'sample-plugin-reviews.workspace.queue',
    defaultMessage: 'Changes',
    description: 'Name of the list of changes, read by a screen reader.',
  },
  whose: {
    id: 'sample-plugin-reviews.workspace.whose',
    defaultMessage: 'Whose changes',
    description: 'Read by a screen reader before the buttons that follow.',
  },
  whoseChoice: {
    id: 'sample-plugin-reviews.workspace.whose-choice',
    defaultMessage: '{whose, select, me {Waiting for me} mine {By me} other {All}} ({count, number})',
    description: 'Button: shows the changes that wait for this person, those they made, or all. "count" is how many.',
  },
  search: {
    id: 'sample-plugin-reviews.workspace.search',
    defaultMessage: 'Search by title',
    description: 'Field that finds changes by their titles.',
  },
  filters: {
    id: 'sample-plugin-reviews.workspace.filters',
    defaultMessage: 'Filter',
    description: 'Button that shows more ways to filter the list.',
  },
  clearFilters: {
    id: 'sample-plugin-reviews.workspace.clear-filters',
    defaultMessage: 'Clear filters',
    description: 'Button that removes the filters.',
  },
  state: {
    id: 'sample-plugin-reviews.workspace.state',
    defaultMessage: 'State',
    description: 'Label of a filter: the state of the review.',
  },
  stateAny: {
    id: 'sample-plugin-reviews.workspace.state-any',
    defaultMessage: 'Any state',
    description: 'Option of the filter by state.',
  },
  stateChoice: {
    id: 'sample-plugin-reviews.workspace.state-choice',
    defaultMessage: '{value, select, in_progress {In progress} unreviewed {Not reviewed} changes_requested {Changes requested} outdated {Edited after review} other {Reviewed}} ({count, number})',
    description: 'Option of the filter by state. "count" is how many changes there are.',
  },
  author: {
    id: 'sample-plugin-reviews.workspace.author',
    defaultMessage: 'Author',
    description: 'Label of a filter: the person who made the change.',
  },
  authorAny: {
    id: 'sample-plugin-reviews.workspace.author-any',
    defaultMessage: 'Any author',
    description: 'Option of the filter by author.',
  },
  authorChoice: {
    id: 'sample-plugin-reviews.workspace.author-choice',
    defaultMessage: '{name} ({count, number})',
    description: 'Option of the filter by author. "count" is how many changes there are.',
  },
  type: {
    id: 'sample-plugin-reviews.workspace.type',
    defaultMessage: 'Type',
    description: 'Label of a filter: the type of content.',
  },
  typeAny: {
    id: 'sample-plugin-reviews.workspace.type-any',
    defaultMessage: 'Any type',
    description: 'Option of the filter by type.',
  },
  typeChoice: {
    id: 'sample-plugin-reviews.workspace.type-choice',
    defaultMessage: '{value, select, html {Text} problem {Problem} video {Video} unit {Unit} subsection {Subsection} section {Section} other {{value}}} ({count, number})',
    description: 'Option of the filter by type. "count" is how many changes there are.',
  },
  age: {
    id: 'sample-plugin-reviews.workspace.age',
    defaultMessage: 'Age',
    description: 'Label of a filter: how long ago the change was made.',
  },
  ageAny: {
    id: 'sample-plugin-reviews.workspace.age-any',
    defaultMessage: 'Any age',
    description: 'Option of the filter by age.',
  },
  ageChoice: {
    id: 'sample-plugin-reviews.workspace.age-choice',
    defaultMessage: '{value, select, day {Older than a day} week {Older than a week} other {Older than a month}} ({count, number})',
    description: 'Option of the filter by age. "count" is how many changes there are.',
  },
  grouping: {
    id: 'sample-plugin-reviews.workspace.grouping',
    defaultMessage: 'Group by',
    description: 'Label of the field in which people choose how the list is grouped.',
  },
  groupingChoice: {
    id: 'sample-plugin-reviews.workspace.grouping-choice',
    defaultMessage: '{grouping, select, content {Group by content} other {Group by time}}',
    description: 'Option in that field: by section, subsection and unit, or by the time of the change.',
  },
  group: {
    id: 'sample-plugin-reviews.workspace.group',
    defaultMessage: '{grouping, select, time {{key, select, today {Today} yesterday {Yesterday} week {Last seven days} other {Older}}} other {In no unit}}',
    description: 'Heading of a group of changes in the list. Content that is in a unit has the unit’s title as heading.',
  },
  rowState: {
    id: 'sample-plugin-reviews.workspace.row-state',
    defaultMessage: '{state, select, asked {You are asked} in_progress {In progress} changes_requested {Changes requested} outdated {Edited after review} reviewed {Reviewed} partly {{count, number} of {required, number}} other {Not reviewed}}',
    description: 'State of a change in the list. “You are asked”: its author has asked this person by name to review it. “1 of 2” is how many of the required reviewers have approved it.',
  },
  rowLine: {
    id: 'sample-plugin-reviews.workspace.row-line',
    defaultMessage: '{type, select, html {Text} problem {Problem} video {Video} unit {Unit} subsection {Subsection} section {Section} other {Component}}, {change, select, new {new} edited {edited} deleted {deleted} other {unchanged}} · {author}',
    description: 'Second line of a change in the list: “Text, edited · Ada”.',
  },
  nothingToReview: {
    id: 'sample-plugin-reviews.workspace.nothing-to-review',
    defaultMessage: 'There are no unpublished changes here.',
    description: 'In place of the list if there is nothing to review.',
  },
  nothingFound: {
    id: 'sample-plugin-reviews.workspace.nothing-found',
    defaultMessage: 'No changes match these filters.',
    description: 'In place of the list if the filters leave nothing.',
  },
  nothingWaits: {
    id: 'sample-plugin-reviews.workspace.nothing-waits',
    defaultMessage: 'Nothing is waiting for you.',
    description: 'In place of the list of the changes that wait for this person.',
  },
  showAll: {
    id: 'sample-plugin-reviews.workspace.show-all',
    defaultMessage: 'Show all changes',
    description: 'Button that removes all filters.',
  },
  firstRows: {
    id: 'sample-plugin-reviews.workspace.first-rows',
    defaultMessage: 'The newest {count, number} of {total, number} changes.',
    description: 'Below the list if it is too long to be loaded whole.',
  },
  backToQueue: {
    id: 'sample-plugin-reviews.workspace.back-to-queue',
    defaultMessage: 'All changes',
    description: 'On a small screen: button that leads from a change back to the list.',
  },

  // The change
  containedIn: {
    id: 'sample-plugin-reviews.workspace.contained-in',
    defaultMessage: 'In {titles}',
    description: 'Above the title of an item: the units that contain it.',
  },
  withContents: {
    id: 'sample-plugin-reviews.workspace.with-contents',
    defaultMessage: 'Review with contents',
    description: 'Button of a unit, a subsection or a section: shows only its changes in the list.',
  },
  history: {
    id: 'sample-plugin-reviews.workspace.history',
    defaultMessage: 'History',
    description: 'Button that shows all reviews that an item ever had.',
  },
  openInStudio: {
    id: 'sample-plugin-reviews.workspace.open-in-studio',
    defaultMessage: 'Open in Studio',
    description: 'Link to the item’s own page.',
  },
  previous: {
    id: 'sample-plugin-reviews.workspace.previous',
    defaultMessage: 'Previous change',
    description: 'Button.',
  },
  next: {
    id: 'sample-plugin-reviews.workspace.next',
    defaultMessage: 'Next change',
    description: 'Button.',
  },
  notFound: {
    id: 'sample-plugin-reviews.workspace.not-found',
    defaultMessage: 'There is no such item, or you may not see it.',
    description: 'If the address of the page names an item that does not exist.',
  },
  since: {
    id: 'sample-plugin-reviews.workspace.since',
    defaultMessage: 'Compare with',
    description: 'Read by a screen reader before the buttons that follow.',
  },
  sinceChoice: {
    id: 'sample-plugin-reviews.workspace.since-choice',
    defaultMessage: '{since, select, my_last_review {Since my last review} other {Since it was published}}',
    description: 'Button: shows what has changed since then.',
  },

  // What the change does
  views: {
    id: 'sample-plugin-reviews.workspace.views',
    defaultMessage: 'What changed',
    description: 'Name of the tabs, read by a screen reader.',
  },
  tab: {
    id: 'sample-plugin-reviews.workspace.tab',
    defaultMessage: '{tab, select, preview {Preview} words {Text} other {Source}}',
    description: 'Tab: the content as learners see it, what changed in its text, or in its source.',
  },
  arrangement: {
    id: 'sample-plugin-reviews.workspace.arrangement',
    defaultMessage: 'Arrangement',
    description: 'Read by a screen reader before the buttons that follow.',
  },
  arrangementChoice: {
    id: 'sample-plugin-reviews.workspace.arrangement-choice',
    defaultMessage: '{arrangement, select, beside {Side by side} other {One above the other}}',
    description: 'Button: how the old and the new version are arranged.',
  },
  before: {
    id: 'sample-plugin-reviews.workspace.before',
    defaultMessage: '{since, select, my_last_review {Reviewed by you} other {Published}}: version {version, number}',
    description: 'Heading above the old version.',
  },
  after: {
    id: 'sample-plugin-reviews.workspace.after',
    defaultMessage: 'Draft: version {version, number}',
    description: 'Heading above the new version.',
  },
  frameOf: {
    id: 'sample-plugin-reviews.workspace.frame-of',
    defaultMessage: 'Preview: {title}',
    description: 'Name of a preview, read by a screen reader.',
  },
  noPreview: {
    id: 'sample-plugin-reviews.workspace.no-preview',
    defaultMessage: 'Studio cannot show a preview of this version. See the text or the source.',
    description: 'In place of a preview.',
  },
  willBeGone: {
    id: 'sample-plugin-reviews.workspace.will-be-gone',
    defaultMessage: 'Publishing deletes this:',
    description: 'Above the content of an item whose draft is deleted.',
  },
  noChildren: {
    id: 'sample-plugin-reviews.workspace.no-children',
    defaultMessage: 'This contains nothing.',
    description: 'In place of the blocks of a unit.',
  },
  childChange: {
    id: 'sample-plugin-reviews.workspace.child-change',
    defaultMessage: '{change, select, added {Added} removed {Removed} moved {Moved} pinned {Pinned} unpinned {Unpinned} other {Pinned to another version}}',
    description: 'Beside a block of a unit: how its place in the unit has changed.',
  },
  part: {
    id: 'sample-plugin-reviews.workspace.part',
    defaultMessage: '{part, select, title {Title} text {Text} question {Question} answer {Answer} correct_answer {Correct answer} tolerance {Tolerance} hint {Hint} feedback {Feedback} explanation {Explanation} setting {Setting: {name}} other {Source: {name}}}',
    description: 'Heading above a part of a text or a problem.',
  },
  markup: {
    id: 'sample-plugin-reviews.workspace.markup',
    defaultMessage: 'Changes that do not show in the text',
    description: 'Shows or hides what changed in the source of a text, such as a style.',
  },
  rightness: {
    id: 'sample-plugin-reviews.workspace.rightness',
    defaultMessage: '{right, select, true {correct} false {not correct} now_true {now correct, was not correct} other {now not correct, was correct}}',
    description: 'After “Answer”: whether it counts as correct.',
  },
  added: {
    id: 'sample-plugin-reviews.workspace.added',
    defaultMessage: 'Added: ',
    description: 'Read by a screen reader before text that was added.',
  },
  removed: {
    id: 'sample-plugin-reviews.workspace.removed',
    defaultMessage: 'Removed: ',
    description: 'Read by a screen reader before text that was removed.',
  },
  wordsSame: {
    id: 'sample-plugin-reviews.workspace.words-same',
    defaultMessage: 'The text is the same.',
    description: 'If only the title, the files or the form of the source have changed.',
  },
  wordsUnavailable: {
    id: 'sample-plugin-reviews.workspace.words-unavailable',
    defaultMessage: '{state, select, too_large {The text is too large to compare here.} other {The text cannot be read.}} See the source.',
    description: 'In place of the text.',
  },

  // The verdict
  approveAll: {
    id: 'sample-plugin-reviews.workspace.approve-all',
    defaultMessage: 'Approve all {count, number} listed',
    description: 'Button below the list: opens a dialog, in which all changes in the list can be approved together.',
  },

  // Keyboard shortcuts
  shortcuts: {
    id: 'sample-plugin-reviews.workspace.shortcuts',
    defaultMessage: 'Keyboard shortcuts',
    description: 'Button that shows the keyboard shortcuts, and title of that dialog.',
  },
  shortcut: {
    id: 'sample-plugin-reviews.workspace.shortcut',
    defaultMessage: '{key, select, j {Next change} k {Previous change} a {Approve} r {Request changes} u {Undo} other {Show this list}}',
    description: 'What a key does.',
  },
  useShortcuts: {
    id: 'sample-plugin-reviews.workspace.use-shortcuts',
    defaultMessage: 'Use keyboard shortcuts',
    description: 'Checkbox that switches the keyboard shortcuts on and off.',
  },
  mode: {
    id: 'sample-plugin-reviews.workspace.mode',
    defaultMessage: '{mode, select, advisory {Advisory mode: unreviewed changes can be published, and it is put on record.} other {Reviews are switched off in this library: changes can be published without a review.}}',
    description: 'A line at the top, where unreviewed changes are not refused.',
  },
  lastPublish: {
    id: 'sample-plugin-reviews.workspace.last-publish',
    defaultMessage: '{total, plural, one {The change published {ago} was not reviewed.} other {{allOrSome, select, all {The {total, number} changes published {ago} were not reviewed.} other {{unreviewed, plural, one {# of the {total, number} changes published {ago} was not reviewed.} other {# of the {total, number} changes published {ago} were not reviewed.}}}}}} This library is in advisory mode.',
    description: 'Tells those who may publish of the last publish. "ago" is a time: “3 minutes ago”.',
  },
  dismiss: {
    id: 'sample-plugin-reviews.workspace.dismiss',
    defaultMessage: 'Dismiss',
    description: 'Closes that message.',
  },
});
