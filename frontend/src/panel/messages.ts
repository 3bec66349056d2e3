import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  title: {
    id: 'sample-plugin-reviews.panel.title',
    defaultMessage: 'Reviews',
    description: 'Heading of the panel beside a library.',
  },
  close: {
    id: 'sample-plugin-reviews.panel.close',
    defaultMessage: 'Close reviews',
    description: 'Button that closes the panel.',
  },
  cancel: {
    id: 'sample-plugin-reviews.panel.cancel',
    defaultMessage: 'Cancel',
    description: 'Button that closes a dialog without doing anything.',
  },

  // Whether the library requires reviews
  requireReviews: {
    id: 'sample-plugin-reviews.panel.require-reviews',
    defaultMessage: 'Require a review before publishing',
    description: 'Switch for the admins of a library.',
  },
  required: {
    id: 'sample-plugin-reviews.panel.required',
    defaultMessage: 'In this library only reviewed changes can be published.',
    description: 'Says that the library requires reviews.',
  },
  notRequired: {
    id: 'sample-plugin-reviews.panel.not-required',
    defaultMessage: 'In this library changes can be published without a review.',
    description: 'Says that the library does not require reviews.',
  },
  stopRequiring: {
    id: 'sample-plugin-reviews.panel.stop-requiring',
    defaultMessage: 'Publish without reviews?',
    description: 'Title of the question before the requirement is switched off.',
  },
  stopRequiringMeans: {
    id: 'sample-plugin-reviews.panel.stop-requiring-means',
    defaultMessage: 'Whoever may publish in “{library}” will be able to publish changes that nobody has reviewed.',
    description: 'What it means to switch the requirement off. "library" is its title.',
  },
  stopRequiringConfirm: {
    id: 'sample-plugin-reviews.panel.stop-requiring-confirm',
    defaultMessage: 'Do not require reviews',
    description: 'Button that switches the requirement off.',
  },

  noPermission: {
    id: 'sample-plugin-reviews.panel.no-permission',
    defaultMessage: 'You may look at the reviews in this library, but not give any.',
    description: 'Why nothing can be marked as reviewed.',
  },

  // The lists
  selectedInStudio: {
    id: 'sample-plugin-reviews.panel.selected-in-studio',
    defaultMessage: 'Selected in Studio',
    description: 'Heading above the item that is selected on Studio’s page.',
  },
  changes: {
    id: 'sample-plugin-reviews.panel.changes',
    defaultMessage: 'Unpublished changes',
    description: 'Heading above the list of changes.',
  },
  show: {
    id: 'sample-plugin-reviews.panel.show',
    defaultMessage: 'Show',
    description: 'Label of the group of buttons that filter the list by state, for screen readers.',
  },
  stateFilter: {
    id: 'sample-plugin-reviews.panel.state-filter',
    defaultMessage: '{state, select, unreviewed {Not reviewed} overtaken {Overtaken} reviewed {Reviewed} other {All}}{count, plural, =-1 {} other { (#)}}',
    description: 'Button that filters the list by state. "count" is how many there are, -1 if that is not known.',
  },
  search: {
    id: 'sample-plugin-reviews.panel.search',
    defaultMessage: 'Search by title',
    description: 'Label of the search field.',
  },
  searching: {
    id: 'sample-plugin-reviews.panel.searching',
    defaultMessage: 'Searching…',
    description: 'Said by a screen reader while a changed filter is applied.',
  },
  kind: {
    id: 'sample-plugin-reviews.panel.kind',
    defaultMessage: 'Type',
    description: 'Label of the filter by type: components, units, …',
  },
  anyKind: {
    id: 'sample-plugin-reviews.panel.any-kind',
    defaultMessage: 'Any type',
    description: 'In the filter by type: all of them.',
  },
  none: {
    id: 'sample-plugin-reviews.panel.none',
    defaultMessage: '{state, select, unreviewed {Every change has been reviewed.} overtaken {No change was edited after its review.} reviewed {No change has been reviewed yet.} other {There are no unpublished changes.}}',
    description: 'In place of an empty list of changes in that state.',
  },
  noneFound: {
    id: 'sample-plugin-reviews.panel.none-found',
    defaultMessage: 'No change answers to this search.',
    description: 'In place of an empty list if there is a search or a filter.',
  },
  shown: {
    id: 'sample-plugin-reviews.panel.shown',
    defaultMessage: '{shown, number} of {total, plural, one {# change} other {# changes}}',
    description: 'Below the list: how many of all are shown.',
  },
  showMore: {
    id: 'sample-plugin-reviews.panel.show-more',
    defaultMessage: 'Show more',
    description: 'Button that loads the next page of the list.',
  },
  refusedChanges: {
    id: 'sample-plugin-reviews.panel.refused-changes',
    defaultMessage: '{count, plural, one {# change} other {# changes}} stood in the way of publishing',
    description: 'Heading above the changes because of which a publish was refused.',
  },
  refusedFirst: {
    id: 'sample-plugin-reviews.panel.refused-first',
    defaultMessage: 'The first {count, number} of them:',
    description: 'If there are more of these changes than are shown.',
  },
  refusedAllReviewed: {
    id: 'sample-plugin-reviews.panel.refused-all-reviewed',
    defaultMessage: 'None of them stands in the way any more.',
    description: 'Once all of them are reviewed, or published.',
  },
  showAll: {
    id: 'sample-plugin-reviews.panel.show-all',
    defaultMessage: 'Show all changes',
    description: 'Button that leads from the changes that stood in the way to the whole list.',
  },

  // One item
  unreviewed: {
    id: 'sample-plugin-reviews.panel.unreviewed',
    defaultMessage: 'Not reviewed',
    description: 'State of a change.',
  },
  overtaken: {
    id: 'sample-plugin-reviews.panel.overtaken',
    defaultMessage: 'Overtaken by an edit',
    description: 'State of a change that was reviewed before the latest edit.',
  },
  reviewed: {
    id: 'sample-plugin-reviews.panel.reviewed',
    defaultMessage: 'Reviewed',
    description: 'State of a change.',
  },
  type: {
    id: 'sample-plugin-reviews.panel.type',
    defaultMessage: '{type, select, html {Text} problem {Problem} video {Video} component {Component} unit {Unit} subsection {Subsection} section {Section} other {Component}}',
    description: 'Type of an item.',
  },
  change: {
    id: 'sample-plugin-reviews.panel.change',
    defaultMessage: '{change, select, new {new} edited {edited} deleted {deleted} contents {only what it contains has changed} other {nothing to publish}}',
    description: 'What has changed, after the type of the item: “Text · edited”.',
  },
  changedBy: {
    id: 'sample-plugin-reviews.panel.changed-by',
    defaultMessage: 'by {name}, {ago}',
    description: 'Who changed it and when: “by Ada, 3 hours ago”.',
  },
  containedIn: {
    id: 'sample-plugin-reviews.panel.contained-in',
    defaultMessage: 'In {titles}',
    description: 'The titles of the units and so on that contain the item.',
  },
  reviewedBy: {
    id: 'sample-plugin-reviews.panel.reviewed-by',
    defaultMessage: 'Reviewed by {name}, {ago}',
    description: 'Who reviewed it and when: “Reviewed by Ada, 3 hours ago”.',
  },
  carriedOver: {
    id: 'sample-plugin-reviews.panel.carried-over',
    defaultMessage: 'Reviewed by {name}; saved again without a change {ago}',
    description: 'A review that still holds, since the item was saved since but not changed.',
  },
  ofVersion: {
    id: 'sample-plugin-reviews.panel.of-version',
    defaultMessage: '{version, select, deletion {its deletion} other {version {version}}}',
    description: 'Which version was reviewed: a number, or that the item was deleted.',
  },
  withdrawnBy: {
    id: 'sample-plugin-reviews.panel.withdrawn-by',
    defaultMessage: 'withdrawn by {name}, {ago}',
    description: 'Who withdrew the review and when.',
  },
  outdated: {
    id: 'sample-plugin-reviews.panel.outdated',
    defaultMessage: 'Somebody has changed this since you first saw it here. Above is its new state: look at the item again before you mark it.',
    description: 'Shown on an item that was edited while the person was looking at it.',
  },
  outdatedAcknowledged: {
    id: 'sample-plugin-reviews.panel.outdated-acknowledged',
    defaultMessage: 'You can mark it now: {title}',
    description: 'Said when somebody has pressed “I have seen the new state”.',
  },
  outdatedSeen: {
    id: 'sample-plugin-reviews.panel.outdated-seen',
    defaultMessage: 'I have seen the new state',
    description: 'Button below that message, after which the item can be marked.',
  },
  own_change: {
    id: 'sample-plugin-reviews.panel.own-change',
    defaultMessage: 'This is your own change: somebody else has to review it.',
    description: 'Why somebody cannot mark the item as reviewed.',
  },
  no_record: {
    id: 'sample-plugin-reviews.panel.no-record',
    defaultMessage: 'Studio has kept no record of this change. Edit the item and save it; then it can be reviewed.',
    description: 'Why nobody can mark the item as reviewed.',
  },
  history: {
    id: 'sample-plugin-reviews.panel.history',
    defaultMessage: 'History',
    description: 'Button that shows all reviews an item ever had.',
  },
  historyOf: {
    id: 'sample-plugin-reviews.panel.history-of',
    defaultMessage: 'History of {title}',
    description: 'The same, for screen readers.',
  },
  noHistory: {
    id: 'sample-plugin-reviews.panel.no-history',
    defaultMessage: 'Nobody has reviewed it yet.',
    description: 'In place of an empty history.',
  },
  olderReviews: {
    id: 'sample-plugin-reviews.panel.older-reviews',
    defaultMessage: 'And {count, plural, one {# older one} other {# older ones}}.',
    description: 'Below a history that is too long to show.',
  },

  // What can be done about it
  mark: {
    id: 'sample-plugin-reviews.panel.mark',
    defaultMessage: 'Mark as reviewed',
    description: 'Button.',
  },
  markItem: {
    id: 'sample-plugin-reviews.panel.mark-item',
    defaultMessage: 'Mark as reviewed: {title}',
    description: 'The same, for screen readers.',
  },
  marking: {
    id: 'sample-plugin-reviews.panel.marking',
    defaultMessage: 'Marking…',
    description: 'On that button while it is done.',
  },
  marked: {
    id: 'sample-plugin-reviews.panel.marked',
    defaultMessage: 'Marked as reviewed: {title}',
    description: 'When it is done.',
  },
  addNote: {
    id: 'sample-plugin-reviews.panel.add-note',
    defaultMessage: 'Add a note',
    description: 'Button that opens a text field.',
  },
  addNoteItem: {
    id: 'sample-plugin-reviews.panel.add-note-item',
    defaultMessage: 'Add a note: {title}',
    description: 'The same, for screen readers.',
  },
  noNote: {
    id: 'sample-plugin-reviews.panel.no-note',
    defaultMessage: 'No note',
    description: 'Button that closes the text field again.',
  },
  noNoteItem: {
    id: 'sample-plugin-reviews.panel.no-note-item',
    defaultMessage: 'No note: {title}',
    description: 'The same, for screen readers.',
  },
  note: {
    id: 'sample-plugin-reviews.panel.note',
    defaultMessage: 'Note',
    description: 'Label of that text field.',
  },
  noteHelp: {
    id: 'sample-plugin-reviews.panel.note-help',
    defaultMessage: 'Everybody who may see the review can read it.',
    description: 'Below that text field.',
  },
  withdraw: {
    id: 'sample-plugin-reviews.panel.withdraw',
    defaultMessage: 'Withdraw your review',
    description: 'Button.',
  },
  withdrawItem: {
    id: 'sample-plugin-reviews.panel.withdraw-item',
    defaultMessage: 'Withdraw your review: {title}',
    description: 'The same, for screen readers.',
  },
  withdrawing: {
    id: 'sample-plugin-reviews.panel.withdrawing',
    defaultMessage: 'Withdrawing…',
    description: 'On that button while it is done.',
  },
  withdrawn: {
    id: 'sample-plugin-reviews.panel.withdrawn',
    defaultMessage: 'Review withdrawn: {title}',
    description: 'When it is done.',
  },
  select: {
    id: 'sample-plugin-reviews.panel.select',
    defaultMessage: 'Select {title}',
    description: 'Checkbox of an item, for screen readers.',
  },
  selectAll: {
    id: 'sample-plugin-reviews.panel.select-all',
    defaultMessage: 'Select the {count, number} shown',
    description: 'Checkbox above the list.',
  },
  selection: {
    id: 'sample-plugin-reviews.panel.selection',
    defaultMessage: 'Selection',
    description: 'Label of what can be done about the selected items, for screen readers.',
  },
  selected: {
    id: 'sample-plugin-reviews.panel.selected',
    defaultMessage: '{count, plural, one {# item} other {# items}} selected',
    description: 'How many.',
  },
  markMany: {
    id: 'sample-plugin-reviews.panel.mark-many',
    defaultMessage: 'Mark {count, number} as reviewed',
    description: 'Button for the selected items.',
  },
  markedMany: {
    id: 'sample-plugin-reviews.panel.marked-many',
    defaultMessage: '{count, plural, one {# item} other {# items}} marked as reviewed.',
    description: 'When it is done.',
  },
  noneMarked: {
    id: 'sample-plugin-reviews.panel.none-marked',
    defaultMessage: 'Nothing was marked, because of {count, plural, one {one item} other {# items}}.',
    description: 'Some of the selected items cannot be marked, so none was. A list of them follows.',
  },
  withdrawMany: {
    id: 'sample-plugin-reviews.panel.withdraw-many',
    defaultMessage: 'Withdraw {count, plural, one {# review} other {# reviews}}',
    description: 'Button for the selected items.',
  },
  withdrawnMany: {
    id: 'sample-plugin-reviews.panel.withdrawn-many',
    defaultMessage: '{count, plural, one {# review} other {# reviews}} withdrawn.{failed, plural, =0 {} other { Not withdrawn: {titles}.}}',
    description: 'When it is done. "titles" are those for which it failed.',
  },
});
