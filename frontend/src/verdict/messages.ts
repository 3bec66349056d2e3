import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  note: {
    id: 'sample-plugin-reviews.verdict.note',
    defaultMessage: 'Note',
    description: 'Field for a note about a change. It is sent with an approval, or with a request for changes.',
  },
  noteHelp: {
    id: 'sample-plugin-reviews.verdict.note-help',
    defaultMessage: 'Visible to everyone who can see this review.',
    description: 'Read by a screen reader after that field.',
  },
  noteMissing: {
    id: 'sample-plugin-reviews.verdict.note-missing',
    defaultMessage: 'Say what should be changed.',
    description: 'Below that field if changes are requested without a note.',
  },
  approve: {
    id: 'sample-plugin-reviews.verdict.approve',
    defaultMessage: '{hasOwnRequest, select, true {Withdraw my request and approve} other {{hasNote, select, true {Approve with note} other {Approve}}}}',
    description: 'Button that approves the change that is open.',
  },
  requestChanges: {
    id: 'sample-plugin-reviews.verdict.request-changes',
    defaultMessage: 'Request changes',
    description: 'Button that sends the note as a request for changes.',
  },
  withdrawRequest: {
    id: 'sample-plugin-reviews.verdict.withdraw-request',
    defaultMessage: 'Withdraw my request',
    description: 'Button.',
  },
  withdrawApproval: {
    id: 'sample-plugin-reviews.verdict.withdraw-approval',
    defaultMessage: 'Withdraw my approval',
    description: 'Button.',
  },
  noPermission: {
    id: 'sample-plugin-reviews.verdict.no-permission',
    defaultMessage: 'You can view the reviews in this library, but not review.',
    description: 'In place of the buttons.',
  },
  said: {
    id: 'sample-plugin-reviews.verdict.said',
    defaultMessage: '{kind, select, reviewed {Approved: {title}} changes_requested {Changes requested: {title}} withdrawn {Withdrawn: {title}} other {Undone: {title}}}',
    description: 'What was done last.',
  },
  undo: {
    id: 'sample-plugin-reviews.verdict.undo',
    defaultMessage: 'Undo',
    description: 'Button beside that sentence.',
  },
  failed: {
    id: 'sample-plugin-reviews.verdict.failed',
    defaultMessage: '“{title}” is as it was. {reason}',
    description: 'If a review could not be saved. "reason" is a sentence.',
  },
  loggedOut: {
    id: 'sample-plugin-reviews.verdict.logged-out',
    defaultMessage: 'Your session has ended. Log in again: your note is kept.',
    description: 'The reason, if the person is no longer logged in.',
  },
  logIn: {
    id: 'sample-plugin-reviews.verdict.log-in',
    defaultMessage: 'Log in',
    description: 'Button beside that sentence.',
  },
  showAgain: {
    id: 'sample-plugin-reviews.verdict.show-again',
    defaultMessage: 'Show it',
    description: 'Button beside that sentence: opens the change again.',
  },
});
