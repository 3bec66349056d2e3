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
  openWorkspace: {
    id: 'sample-plugin-reviews.panel.open-workspace',
    defaultMessage: 'Open full-page reviews',
    description: 'Link that shows the reviews over the whole page.',
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
    description: 'Switch for administrators of a library.',
  },
  required: {
    id: 'sample-plugin-reviews.panel.required',
    defaultMessage: '{reviewers, plural, one {Only reviewed changes can be published in this library.} other {Only changes approved by # reviewers can be published in this library.}}',
    description: 'Says that the library requires reviews, and of how many different people.',
  },
  notRequired: {
    id: 'sample-plugin-reviews.panel.not-required',
    defaultMessage: 'Changes can be published in this library without a review.',
    description: 'Says that the library does not require reviews.',
  },
  stopRequiring: {
    id: 'sample-plugin-reviews.panel.stop-requiring',
    defaultMessage: 'Publish without reviews?',
    description: 'Title of the question before the requirement is switched off.',
  },
  stopRequiringMeans: {
    id: 'sample-plugin-reviews.panel.stop-requiring-means',
    defaultMessage: 'Anyone who can publish in “{library}” will be able to publish unreviewed changes.',
    description: 'The consequence of switching the requirement off. "library" is its title.',
  },
  stopRequiringConfirm: {
    id: 'sample-plugin-reviews.panel.stop-requiring-confirm',
    defaultMessage: 'Do not require reviews',
    description: 'Button that switches the requirement off.',
  },
  reviewersNeeded: {
    id: 'sample-plugin-reviews.panel.reviewers-needed',
    defaultMessage: 'Reviewers needed',
    description: 'Label of the field with the number of people who have to review a change.',
  },
  reviewersDefault: {
    id: 'sample-plugin-reviews.panel.reviewers-default',
    defaultMessage: 'This is the site’s default.',
    description: 'Below that field if the library uses the site’s default.',
  },
  reviewersUseDefault: {
    id: 'sample-plugin-reviews.panel.reviewers-use-default',
    defaultMessage: 'Use the site’s default',
    description: 'Button beside that field: use the site’s default again.',
  },
  reviewersRange: {
    id: 'sample-plugin-reviews.panel.reviewers-range',
    defaultMessage: 'Enter a whole number from 1 to {most, number}.',
    description: 'Below that field if its value is not valid.',
  },
  whoMayReview: {
    id: 'sample-plugin-reviews.panel.who-may-review',
    defaultMessage: 'Who may review',
    description: 'Label of the field in which administrators of a library choose who may review a change.',
  },
  whoMayReviewRule: {
    id: 'sample-plugin-reviews.panel.who-may-review-rule',
    defaultMessage: '{rule, select, not_contributors {People who did not change it} not_last_editor {Anyone but the last editor} other {Anyone}}',
    description: 'An option in that field. All of these people need the permission to review.',
  },
  whoMayReviewDefault: {
    id: 'sample-plugin-reviews.panel.who-may-review-default',
    defaultMessage: 'Site default',
    description: 'An option in that field: use the site’s default.',
  },
  save: {
    id: 'sample-plugin-reviews.panel.save',
    defaultMessage: 'Save',
    description: 'Button beside that field.',
  },

  noPermission: {
    id: 'sample-plugin-reviews.panel.no-permission',
    defaultMessage: 'You can view the reviews in this library, but not review.',
    description: 'Why the person cannot approve anything.',
  },

  // Imports
  imports: {
    id: 'sample-plugin-reviews.panel.imports',
    defaultMessage: 'Imports',
    description: 'Heading above the imports into the library that are not published yet.',
  },
  importSentence: {
    id: 'sample-plugin-reviews.panel.import-sentence',
    defaultMessage: '{count, plural, one {# change} other {# changes}} imported {isKnown, select, true {by {name}} other {by an unknown author}}{hasSource, select, true { from {source}} other {}}, {unreviewed, plural, =0 {none awaits review} one {# awaits review} other {# await review}}',
    description: 'An import: “27 changes imported by Ada from course X, 24 await review”. "source" is a title or a key.',
  },
  showImport: {
    id: 'sample-plugin-reviews.panel.show-import',
    defaultMessage: 'Show changes',
    description: 'Button of an import: list only its changes.',
  },
  reviewImport: {
    id: 'sample-plugin-reviews.panel.review-import',
    defaultMessage: 'Review import',
    description: 'Button of an import, and title of the dialog that it opens: the list of its changes, to approve them together.',
  },
  markImport: {
    id: 'sample-plugin-reviews.panel.mark-import',
    defaultMessage: 'Approve {count, plural, one {# change} other {# changes}}',
    description: 'Button in that dialog: approve all changes of the import that await review.',
  },
  publishImport: {
    id: 'sample-plugin-reviews.panel.publish-import',
    defaultMessage: 'Publish reviewed ({count, number})',
    description: 'Button of an import: publish its reviewed changes, after a question. "count" is how many items.',
  },
  olderImports: {
    id: 'sample-plugin-reviews.panel.older-imports',
    defaultMessage: 'And {count, plural, one {# older import} other {# older imports}}.',
    description: 'Below a list of imports that is too long to show.',
  },
  changesOfImport: {
    id: 'sample-plugin-reviews.panel.changes-of-import',
    defaultMessage: '{hasSource, select, true {Imported from {source}} other {Imported changes}}',
    description: 'Heading above the list of changes while only those of one import are shown.',
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
  whose: {
    id: 'sample-plugin-reviews.panel.whose',
    defaultMessage: 'Whose changes',
    description: 'Label of the group of the two buttons “Everyone’s changes” and “My changes”, for screen readers.',
  },
  whoseFilter: {
    id: 'sample-plugin-reviews.panel.whose-filter',
    defaultMessage: '{whose, select, mine {My changes} other {Everyone’s changes}} ({count, number})',
    description: 'Button that shows the changes of all authors, or only the person’s own.',
  },
  show: {
    id: 'sample-plugin-reviews.panel.show',
    defaultMessage: 'Show',
    description: 'Label of the group of buttons that filter the list by state, for screen readers.',
  },
  stateFilter: {
    id: 'sample-plugin-reviews.panel.state-filter',
    defaultMessage: '{state, select, unreviewed {Not reviewed} changes_requested {Changes requested} outdated {Edited after review} reviewed {Reviewed} other {All}}{count, plural, =-1 {} other { (#)}}',
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
    description: 'Read by a screen reader while a changed filter is applied.',
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
    defaultMessage: '{state, select, unreviewed {All changes are reviewed.} changes_requested {No open change requests.} outdated {No changes were edited after their review.} reviewed {No changes are reviewed yet.} other {There are no unpublished changes.}}',
    description: 'In place of an empty list of changes in that state.',
  },
  noneOfMine: {
    id: 'sample-plugin-reviews.panel.none-of-mine',
    defaultMessage: '{state, select, unreviewed {None of your changes need a review.} changes_requested {No open change requests on your changes.} outdated {None of your changes were edited after their review.} reviewed {None of your changes are reviewed yet.} other {You have no unpublished changes.}}',
    description: 'The same if only the person’s own changes are listed.',
  },
  noneFound: {
    id: 'sample-plugin-reviews.panel.none-found',
    defaultMessage: 'No changes match your search.',
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
    defaultMessage: '{count, plural, =0 {No changes still need a review} one {# change still needs a review} other {# changes still need a review}}',
    description: 'Heading above the changes that a publish was refused for.',
  },
  refusedFirst: {
    id: 'sample-plugin-reviews.panel.refused-first',
    defaultMessage: 'The first {count, number} of them:',
    description: 'If there are more of these changes than are shown.',
  },
  refusedAllReviewed: {
    id: 'sample-plugin-reviews.panel.refused-all-reviewed',
    defaultMessage: 'Nothing is blocking the publish any more.',
    description: 'Once all of them are reviewed, or published.',
  },
  showAll: {
    id: 'sample-plugin-reviews.panel.show-all',
    defaultMessage: 'Show all changes',
    description: 'Button that leads from the changes that a publish was refused for to the whole list.',
  },

  // One item
  unreviewed: {
    id: 'sample-plugin-reviews.panel.unreviewed',
    defaultMessage: 'Not reviewed',
    description: 'State of a change.',
  },
  editedAfterReview: {
    id: 'sample-plugin-reviews.panel.edited-after-review',
    defaultMessage: 'Edited after review',
    description: 'State of a change that was reviewed before the latest edit.',
  },
  reviewed: {
    id: 'sample-plugin-reviews.panel.reviewed',
    defaultMessage: 'Reviewed',
    description: 'State of a change.',
  },
  changesRequested: {
    id: 'sample-plugin-reviews.panel.changes-requested',
    defaultMessage: 'Changes requested',
    description: 'State of a change that a reviewer has requested changes of.',
  },
  partlyReviewed: {
    id: 'sample-plugin-reviews.panel.partly-reviewed',
    defaultMessage: '{count, number} of {required, plural, one {# review} other {# reviews}}',
    description: 'State of a change that has been reviewed, but not by enough reviewers yet.',
  },
  type: {
    id: 'sample-plugin-reviews.panel.type',
    defaultMessage: '{type, select, html {Text} problem {Problem} video {Video} component {Component} unit {Unit} subsection {Subsection} section {Section} other {Component}}',
    description: 'Type of an item.',
  },
  change: {
    id: 'sample-plugin-reviews.panel.change',
    defaultMessage: '{change, select, new {new} edited {edited} deleted {deleted} contents {only what it contains has changed} other {nothing to publish}}',
    description: 'How the item has changed, after its type: “Text · edited”.',
  },
  changedBy: {
    id: 'sample-plugin-reviews.panel.changed-by',
    defaultMessage: 'by {name}, {ago}',
    description: 'Who changed it and when: “by Ada, 3 hours ago”.',
  },
  changedByUnknown: {
    id: 'sample-plugin-reviews.panel.changed-by-unknown',
    defaultMessage: 'Unknown author, {ago}',
    description: 'In place of that if Studio has not recorded the author: “Unknown author, 3 hours ago”.',
  },
  unknownAuthor: {
    id: 'sample-plugin-reviews.panel.unknown-author',
    defaultMessage: 'Unknown author',
    description: 'In place of the author’s name, if Studio has not recorded it.',
  },
  pins: {
    id: 'sample-plugin-reviews.panel.pins',
    defaultMessage: 'Pinned versions',
    description: 'Name of the list of pinned versions that need a review, for screen readers.',
  },
  pin: {
    id: 'sample-plugin-reviews.panel.pin',
    defaultMessage: 'Pinned version needs a review: “{title}”, version {version, number}',
    description: 'A unit and so on always shows this version of an item, and cannot be published before the version is reviewed.',
  },
  markPin: {
    id: 'sample-plugin-reviews.panel.mark-pin',
    defaultMessage: 'Approve: {title}, version {version, number}',
    description: 'Button of a pinned version, for screen readers.',
  },
  markedPin: {
    id: 'sample-plugin-reviews.panel.marked-pin',
    defaultMessage: 'Approved: {title}, version {version, number}',
    description: 'When it is done.',
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
    description: 'A review that is still valid, because the item was saved since but not changed.',
  },
  requestedBy: {
    id: 'sample-plugin-reviews.panel.requested-by',
    defaultMessage: 'Changes requested by {name}, {ago}',
    description: 'Who requested changes and when: “Changes requested by Ada, 3 hours ago”. Their note follows.',
  },
  requestCarriedOver: {
    id: 'sample-plugin-reviews.panel.request-carried-over',
    defaultMessage: 'Changes requested by {name}; saved again without a change {ago}',
    description: 'A request for changes that is still open, because the item was saved since but not changed.',
  },
  askedBefore: {
    id: 'sample-plugin-reviews.panel.asked-before',
    defaultMessage: 'Requested on an earlier version:',
    description: 'Above outdated requests for changes, so that reviewers can check whether the author has made them.',
  },
  ofVersion: {
    id: 'sample-plugin-reviews.panel.of-version',
    defaultMessage: '{version, select, deletion {its deletion} other {version {version}}}',
    description: 'Which version was reviewed: a number, or that the item was deleted.',
  },
  withdrawnBy: {
    id: 'sample-plugin-reviews.panel.withdrawn-by',
    defaultMessage: 'withdrawn by {name}, {ago}',
    description: 'Who withdrew the review or the request for changes, and when.',
  },
  dismissedBy: {
    id: 'sample-plugin-reviews.panel.dismissed-by',
    defaultMessage: 'dismissed by {name}, {ago}:',
    description: 'Who dismissed the request for changes, and when. The reason follows.',
  },
  outdated: {
    id: 'sample-plugin-reviews.panel.outdated',
    defaultMessage: 'Someone edited this since you first saw it here. Above is its new state: look at the item again before you approve it.',
    description: 'Shown on an item that was edited while the person was looking at it.',
  },
  outdatedAcknowledged: {
    id: 'sample-plugin-reviews.panel.outdated-acknowledged',
    defaultMessage: 'You can approve it now: {title}',
    description: 'Read by a screen reader after the person has pressed “I have seen the new state”.',
  },
  outdatedSeen: {
    id: 'sample-plugin-reviews.panel.outdated-seen',
    defaultMessage: 'I have seen the new state',
    description: 'Button below that message, after which the item can be approved.',
  },
  ownChange: {
    id: 'sample-plugin-reviews.panel.own-change',
    defaultMessage: '{date, select, none {You changed this.} other {You changed this on {date}.}} Another reviewer has to review it.',
    description: 'Why the person cannot approve the item: “You changed this on 3 May.”',
  },
  noRecord: {
    id: 'sample-plugin-reviews.panel.no-record',
    defaultMessage: 'Studio has not recorded this change. Edit the item and save it; then it can be reviewed.',
    description: 'Why no reviewer can approve the item.',
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
    defaultMessage: 'Not reviewed yet.',
    description: 'In place of an empty history.',
  },
  olderReviews: {
    id: 'sample-plugin-reviews.panel.older-reviews',
    defaultMessage: 'And {count, plural, one {# older one} other {# older ones}}.',
    description: 'Below a history that is too long to show.',
  },
  whatChanged: {
    id: 'sample-plugin-reviews.panel.what-changed',
    defaultMessage: 'What changed',
    description: 'Button that shows what changed in an item.',
  },
  whatChangedIn: {
    id: 'sample-plugin-reviews.panel.what-changed-in',
    defaultMessage: 'What changed: {title}',
    description: 'The same, for screen readers; and the title of the dialog that it opens.',
  },
  since: {
    id: 'sample-plugin-reviews.panel.since',
    defaultMessage: 'Compare with',
    description: 'Label of the group of the two buttons that follow, for screen readers.',
  },
  sinceFilter: {
    id: 'sample-plugin-reviews.panel.since-filter',
    defaultMessage: '{since, select, my_last_review {Since my last review} other {Since it was published}}',
    description: 'Button: the version with which the draft is compared.',
  },
  noLastReview: {
    id: 'sample-plugin-reviews.panel.no-last-review',
    defaultMessage: 'You have not reviewed any version of this yet.',
    description: 'In place of the changes since the person’s last review.',
  },
  differenceCrashed: {
    id: 'sample-plugin-reviews.panel.difference-crashed',
    defaultMessage: 'The changes cannot be shown. Reload the page and try again.',
    description: 'In place of the changes, if they could not be loaded.',
  },
  differenceOutdated: {
    id: 'sample-plugin-reviews.panel.difference-outdated',
    defaultMessage: 'Someone edited this while you were reading.',
    description: 'Below the changes, in place of the buttons of a reviewer.',
  },
  showAnew: {
    id: 'sample-plugin-reviews.panel.show-anew',
    defaultMessage: 'Show latest version',
    description: 'Button that loads the item again.',
  },
  closeDialog: {
    id: 'sample-plugin-reviews.panel.close-dialog',
    defaultMessage: 'Close',
    description: 'Button that closes a dialog.',
  },

  // What can be done about it
  mark: {
    id: 'sample-plugin-reviews.panel.mark',
    defaultMessage: 'Approve',
    description: 'Button.',
  },
  markItem: {
    id: 'sample-plugin-reviews.panel.mark-item',
    defaultMessage: 'Approve: {title}',
    description: 'The same, for screen readers.',
  },
  marking: {
    id: 'sample-plugin-reviews.panel.marking',
    defaultMessage: 'Approving…',
    description: 'On that button while it is done.',
  },
  marked: {
    id: 'sample-plugin-reviews.panel.marked',
    defaultMessage: 'Approved: {title}',
    description: 'When it is done.',
  },
  ask: {
    id: 'sample-plugin-reviews.panel.ask',
    defaultMessage: 'Request changes',
    description: 'Button that opens a text field, in which reviewers say what should be changed.',
  },
  askItem: {
    id: 'sample-plugin-reviews.panel.ask-item',
    defaultMessage: 'Request changes: {title}',
    description: 'The same, for screen readers.',
  },
  askText: {
    id: 'sample-plugin-reviews.panel.ask-text',
    defaultMessage: 'What should be changed?',
    description: 'Label of that text field.',
  },
  askTextMissing: {
    id: 'sample-plugin-reviews.panel.ask-text-missing',
    defaultMessage: 'Say what should be changed.',
    description: 'If there is nothing in it.',
  },
  askConfirm: {
    id: 'sample-plugin-reviews.panel.ask-confirm',
    defaultMessage: 'Send request',
    description: 'Button below that text field.',
  },
  askConfirmItem: {
    id: 'sample-plugin-reviews.panel.ask-confirm-item',
    defaultMessage: 'Send request: {title}',
    description: 'The same, for screen readers.',
  },
  asked: {
    id: 'sample-plugin-reviews.panel.asked',
    defaultMessage: 'Changes requested: {title}',
    description: 'When it is done.',
  },
  sending: {
    id: 'sample-plugin-reviews.panel.sending',
    defaultMessage: 'Sending…',
    description: 'On a button while it is done.',
  },
  takeBack: {
    id: 'sample-plugin-reviews.panel.take-back',
    defaultMessage: 'Withdraw request',
    description: 'Button that withdraws the person’s own request for changes.',
  },
  takeBackItem: {
    id: 'sample-plugin-reviews.panel.take-back-item',
    defaultMessage: 'Withdraw request: {title}',
    description: 'The same, for screen readers.',
  },
  takenBack: {
    id: 'sample-plugin-reviews.panel.taken-back',
    defaultMessage: 'Request withdrawn: {title}',
    description: 'When it is done.',
  },
  dismiss: {
    id: 'sample-plugin-reviews.panel.dismiss',
    defaultMessage: 'Dismiss',
    description: 'Button that opens a text field, for administrators of a library who end a reviewer’s request for changes.',
  },
  dismissItem: {
    id: 'sample-plugin-reviews.panel.dismiss-item',
    defaultMessage: 'Dismiss {name}’s request: {title}',
    description: 'The same, for screen readers.',
  },
  dismissReason: {
    id: 'sample-plugin-reviews.panel.dismiss-reason',
    defaultMessage: 'Why is it dismissed?',
    description: 'Label of that text field.',
  },
  dismissReasonMissing: {
    id: 'sample-plugin-reviews.panel.dismiss-reason-missing',
    defaultMessage: 'Say why it is dismissed.',
    description: 'If there is nothing in it.',
  },
  dismissConfirm: {
    id: 'sample-plugin-reviews.panel.dismiss-confirm',
    defaultMessage: 'Dismiss request',
    description: 'Button below that text field.',
  },
  dismissConfirmItem: {
    id: 'sample-plugin-reviews.panel.dismiss-confirm-item',
    defaultMessage: 'Confirm: dismiss {name}’s request: {title}',
    description: 'The same, for screen readers.',
  },
  dismissed: {
    id: 'sample-plugin-reviews.panel.dismissed',
    defaultMessage: 'Request dismissed: {title}',
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
    defaultMessage: 'Discard note',
    description: 'Button that closes the text field again.',
  },
  noNoteItem: {
    id: 'sample-plugin-reviews.panel.no-note-item',
    defaultMessage: 'Discard note: {title}',
    description: 'The same, for screen readers.',
  },
  note: {
    id: 'sample-plugin-reviews.panel.note',
    defaultMessage: 'Note',
    description: 'Label of that text field.',
  },
  noteHelp: {
    id: 'sample-plugin-reviews.panel.note-help',
    defaultMessage: 'Visible to everyone who can see this review.',
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
    description: 'Name of the group of buttons for the selected items, for screen readers.',
  },
  selected: {
    id: 'sample-plugin-reviews.panel.selected',
    defaultMessage: '{count, plural, one {# item} other {# items}} selected',
    description: 'How many.',
  },
  markMany: {
    id: 'sample-plugin-reviews.panel.mark-many',
    defaultMessage: 'Approve {count, number}',
    description: 'Button for the selected items.',
  },
  markedMany: {
    id: 'sample-plugin-reviews.panel.marked-many',
    defaultMessage: '{count, plural, one {# item} other {# items}} approved.',
    description: 'When it is done.',
  },
  noneMarked: {
    id: 'sample-plugin-reviews.panel.none-marked',
    defaultMessage: '{reviewed, plural, =0 {Nothing was approved, because of {count, plural, one {one item} other {# items}}.} one {Only # item was approved, because of {count, plural, one {one item} other {# items}}.} other {Only # items were approved, because of {count, plural, one {one item} other {# items}}.}}',
    description: 'Some of the selected items cannot be approved, so none was, or only those before them. A list of them follows.',
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
  reviewAll: {
    id: 'sample-plugin-reviews.panel.review-all',
    defaultMessage: 'Review with contents',
    description: 'Button of a unit and so on: review it together with every change inside it.',
  },
  reviewAllOf: {
    id: 'sample-plugin-reviews.panel.review-all-of',
    defaultMessage: 'Review with contents: {title}',
    description: 'The same, for screen readers; and the title of the dialog that it opens.',
  },
  nothingInside: {
    id: 'sample-plugin-reviews.panel.nothing-inside',
    defaultMessage: 'No changes to review here.',
    description: 'If neither the item nor anything inside it has changed.',
  },
  firstOfAll: {
    id: 'sample-plugin-reviews.panel.first-of-all',
    defaultMessage: 'The first {count, number} of {total, number} changes:',
    description: 'If there are more changes than can be reviewed at once.',
  },
  willBeMarked: {
    id: 'sample-plugin-reviews.panel.will-be-marked',
    defaultMessage: '{count, plural, one {# change} other {# changes}} to approve',
    description: 'Heading above the changes that will be approved together: all of them or none.',
  },
  willBeLeft: {
    id: 'sample-plugin-reviews.panel.will-be-left',
    defaultMessage: '{count, plural, one {# change} other {# changes}} you cannot approve',
    description: 'Heading above the changes that stay as they are, with the reasons.',
  },
  leaveOut: {
    id: 'sample-plugin-reviews.panel.leave-out',
    defaultMessage: 'Leave out {count, plural, one {the change} other {the # changes}} that I cannot review',
    description: 'Checkbox: if it is not checked, nothing is approved, because the person cannot review all changes in the unit.',
  },
  reviewedAlready: {
    id: 'sample-plugin-reviews.panel.reviewed-already',
    defaultMessage: 'You have reviewed this already.',
    description: 'Why a change is not approved.',
  },
  notReviewable: {
    id: 'sample-plugin-reviews.panel.not-reviewable',
    defaultMessage: 'You cannot review this.',
    description: 'Why a change is not approved.',
  },
  editedSinceSeen: {
    id: 'sample-plugin-reviews.panel.edited-since-seen',
    defaultMessage: 'Someone edited this since you first saw it here.',
    description: 'Beside a change that is about to be approved.',
  },
  requestsStay: {
    id: 'sample-plugin-reviews.panel.requests-stay',
    defaultMessage: 'Another reviewer has requested changes. This cannot be published while their request is open.',
    description: 'Beside a change that is about to be approved.',
  },
});
