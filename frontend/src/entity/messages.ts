import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  changeLine: {
    id: 'sample-plugin-reviews.entity.change-line',
    defaultMessage: '{type, select, html {Text} problem {Problem} video {Video} unit {Unit} subsection {Subsection} section {Section} other {Component}}, {change, select, new {new} edited {edited} deleted {deleted} contents {only what it contains has changed} other {nothing to publish}} · {author}',
    description: 'Below the title of an item: “Text, edited · Ada”.',
  },
  unknownAuthor: {
    id: 'sample-plugin-reviews.entity.unknown-author',
    defaultMessage: 'Unknown author',
    description: 'In place of the author of a change.',
  },
  unreviewed: {
    id: 'sample-plugin-reviews.entity.unreviewed',
    defaultMessage: 'Not reviewed',
    description: 'State of a change.',
  },
  editedAfterReview: {
    id: 'sample-plugin-reviews.entity.edited-after-review',
    defaultMessage: 'Edited after review',
    description: 'State of a change that was reviewed before the latest edit.',
  },
  reviewed: {
    id: 'sample-plugin-reviews.entity.reviewed',
    defaultMessage: 'Reviewed',
    description: 'State of a change.',
  },
  changesRequested: {
    id: 'sample-plugin-reviews.entity.changes-requested',
    defaultMessage: 'Changes requested',
    description: 'State of a change that a reviewer has requested changes of.',
  },
  inProgress: {
    id: 'sample-plugin-reviews.entity.in-progress',
    defaultMessage: 'In progress',
    description: 'State of a change if the library reviews only what an author has asked a review for, and nobody has.',
  },
  due: {
    id: 'sample-plugin-reviews.entity.due',
    defaultMessage: '{when, select, past {overdue since {date}} today {due today} tomorrow {due tomorrow} other {due {date}}}',
    description: 'By when an author needs a review, if they have named a day.',
  },
  partlyReviewed: {
    id: 'sample-plugin-reviews.entity.partly-reviewed',
    defaultMessage: '{count, number} of {required, plural, one {# review} other {# reviews}}',
    description: 'State of a change that has been reviewed, but not by enough reviewers yet.',
  },
  pins: {
    id: 'sample-plugin-reviews.entity.pins',
    defaultMessage: 'Pinned versions',
    description: 'Name of the list of pinned versions that need a review, for screen readers.',
  },
  pin: {
    id: 'sample-plugin-reviews.entity.pin',
    defaultMessage: 'Pinned version needs a review: “{title}”, version {version, number}',
    description: 'A unit and so on always shows this version of an item, and cannot be published before the version is reviewed.',
  },
  markPin: {
    id: 'sample-plugin-reviews.entity.mark-pin',
    defaultMessage: 'Approve: {title}, version {version, number}',
    description: 'Button of a pinned version, for screen readers.',
  },
  markedPin: {
    id: 'sample-plugin-reviews.entity.marked-pin',
    defaultMessage: 'Approved: {title}, version {version, number}',
    description: 'When it is done.',
  },
  reviewedBy: {
    id: 'sample-plugin-reviews.entity.reviewed-by',
    defaultMessage: '{isOwn, select, true {Reviewed by you} other {Reviewed by {name}}}, {ago}',
    description: 'Who reviewed it and when: “Reviewed by Ada, 3 hours ago”.',
  },
  carriedOver: {
    id: 'sample-plugin-reviews.entity.carried-over',
    defaultMessage: '{isOwn, select, true {Reviewed by you} other {Reviewed by {name}}}; saved again without a change {ago}',
    description: 'A review that is still valid, because the item was saved since but not changed.',
  },
  requestedBy: {
    id: 'sample-plugin-reviews.entity.requested-by',
    defaultMessage: '{isOwn, select, true {You requested changes} other {Changes requested by {name}}}, {ago}',
    description: 'Who requested changes and when: “Changes requested by Ada, 3 hours ago”. Their note follows.',
  },
  requestCarriedOver: {
    id: 'sample-plugin-reviews.entity.request-carried-over',
    defaultMessage: '{isOwn, select, true {You requested changes} other {Changes requested by {name}}}; saved again without a change {ago}',
    description: 'A request for changes that is still open, because the item was saved since but not changed.',
  },
  askedBefore: {
    id: 'sample-plugin-reviews.entity.asked-before',
    defaultMessage: 'Requested on an earlier version:',
    description: 'Above outdated requests for changes, so that reviewers can check whether the author has made them.',
  },
  ofVersion: {
    id: 'sample-plugin-reviews.entity.of-version',
    defaultMessage: '{version, select, deletion {its deletion} other {version {version}}}',
    description: 'Which version was reviewed: a number, or that the item was deleted.',
  },
  withdrawnBy: {
    id: 'sample-plugin-reviews.entity.withdrawn-by',
    defaultMessage: 'withdrawn by {name}, {ago}',
    description: 'Who withdrew the review or the request for changes, and when.',
  },
  dismissedBy: {
    id: 'sample-plugin-reviews.entity.dismissed-by',
    defaultMessage: 'dismissed by {name}, {ago}:',
    description: 'Who dismissed the request for changes, and when. The reason follows.',
  },
  ownChange: {
    id: 'sample-plugin-reviews.entity.own-change',
    defaultMessage: '{date, select, none {You changed this.} other {You changed this on {date}.}} Another reviewer has to review it.',
    description: 'Why the person cannot approve the item: “You changed this on 3 May.”',
  },
  noRecord: {
    id: 'sample-plugin-reviews.entity.no-record',
    defaultMessage: 'Studio has not recorded this change. Edit the item and save it; then it can be reviewed.',
    description: 'Why no reviewer can approve the item.',
  },
  mark: {
    id: 'sample-plugin-reviews.entity.mark',
    defaultMessage: 'Approve',
    description: 'Button.',
  },
  marking: {
    id: 'sample-plugin-reviews.entity.marking',
    defaultMessage: 'Approving…',
    description: 'On that button while it is done.',
  },
  sending: {
    id: 'sample-plugin-reviews.entity.sending',
    defaultMessage: 'Sending…',
    description: 'On a button while it is done.',
  },
  dismiss: {
    id: 'sample-plugin-reviews.entity.dismiss',
    defaultMessage: 'Dismiss',
    description: 'Button that opens a text field, for administrators of a library who end a reviewer’s request for changes.',
  },
  dismissItem: {
    id: 'sample-plugin-reviews.entity.dismiss-item',
    defaultMessage: 'Dismiss {name}’s request: {title}',
    description: 'The same, for screen readers.',
  },
  dismissReason: {
    id: 'sample-plugin-reviews.entity.dismiss-reason',
    defaultMessage: 'Why is it dismissed?',
    description: 'Label of that text field.',
  },
  dismissReasonMissing: {
    id: 'sample-plugin-reviews.entity.dismiss-reason-missing',
    defaultMessage: 'Say why it is dismissed.',
    description: 'If there is nothing in it.',
  },
  dismissConfirm: {
    id: 'sample-plugin-reviews.entity.dismiss-confirm',
    defaultMessage: 'Dismiss request',
    description: 'Button below that text field.',
  },
  dismissConfirmItem: {
    id: 'sample-plugin-reviews.entity.dismiss-confirm-item',
    defaultMessage: 'Confirm: dismiss {name}’s request: {title}',
    description: 'The same, for screen readers.',
  },
  dismissed: {
    id: 'sample-plugin-reviews.entity.dismissed',
    defaultMessage: 'Request dismissed: {title}',
    description: 'When it is done.',
  },
  noteHelp: {
    id: 'sample-plugin-reviews.entity.note-help',
    defaultMessage: 'Visible to everyone who can see this review.',
    description: 'Below that text field.',
  },
  editedMeanwhile: {
    id: 'sample-plugin-reviews.entity.edited-meanwhile',
    defaultMessage: 'Someone edited this while you were reading.',
    description: 'Above a change that is no longer the latest.',
  },
  showLatest: {
    id: 'sample-plugin-reviews.entity.show-latest',
    defaultMessage: 'Show latest version',
    description: 'Button beside that sentence.',
  },
});
