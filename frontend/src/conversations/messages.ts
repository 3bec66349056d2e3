import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  conversations: {
    id: 'sample-plugin-reviews.conversations.conversations',
    defaultMessage: 'Conversations{count, plural, =0 {} other { ({count, number} open)}}',
    description: 'Heading above the conversations about a change.',
  },
  resolved: {
    id: 'sample-plugin-reviews.conversations.resolved',
    defaultMessage: '{count, number} resolved',
    description: 'Heading above the conversations that are resolved, which are folded up.',
  },
  holdsUp: {
    id: 'sample-plugin-reviews.conversations.holds-up',
    defaultMessage: 'This can be published once {count, plural, one {it is} other {they are}} resolved.',
    description: 'Below the heading, where the library requires that. "count" is the number of open conversations.',
  },
  comment: {
    id: 'sample-plugin-reviews.conversations.comment',
    defaultMessage: 'Comment',
    description: 'Button that starts a conversation about the change.',
  },
  commentOnChange: {
    id: 'sample-plugin-reviews.conversations.comment-on-change',
    defaultMessage: 'Comment on this change',
    description: 'Field for the comment.',
  },
  commentOn: {
    id: 'sample-plugin-reviews.conversations.comment-on',
    defaultMessage: '{kind, select, line {Comment on line {number, number}} file {Comment on the file {text}} other {Comment on “{text}”}}',
    description: 'Button beside a line, a file, a paragraph or a block, and the field that it opens.',
  },
  saidAbout: {
    id: 'sample-plugin-reviews.conversations.said-about',
    defaultMessage: '{count, plural, one {# open conversation} other {# open conversations}} about {kind, select, line {line {number, number}} file {the file {text}} other {“{text}”}}',
    description: 'Button beside that one: goes to the conversation.',
  },
  unsent: {
    id: 'sample-plugin-reviews.conversations.unsent',
    defaultMessage: 'Your unsent comment',
    description: 'Field with a comment that the person had begun beside a line that is no longer shown.',
  },
  about: {
    id: 'sample-plugin-reviews.conversations.about',
    defaultMessage: '{kind, select, change {About the change} line {Line {number, number}} part {Text} file {File} other {Block}}',
    description: 'Above a conversation: what it is about. The line, the text, the path or the title follows.',
  },
  version: {
    id: 'sample-plugin-reviews.conversations.version',
    defaultMessage: '{version, select, deletion {the deletion} other {version {version}}}',
    description: 'Behind that: on which version the conversation was started.',
  },
  earlier: {
    id: 'sample-plugin-reviews.conversations.earlier',
    defaultMessage: 'on an earlier version',
    description: 'Behind that, if the line or the text was changed or removed since.',
  },
  show: {
    id: 'sample-plugin-reviews.conversations.show',
    defaultMessage: 'Show',
    description: 'Button: goes to the line or the text in the change.',
  },
  edited: {
    id: 'sample-plugin-reviews.conversations.edited',
    defaultMessage: 'edited {ago}',
    description: 'Behind the name of the author: “edited 3 minutes ago”.',
  },
  deleted: {
    id: 'sample-plugin-reviews.conversations.deleted',
    defaultMessage: 'Deleted by its author, {ago}',
    description: 'In place of a comment.',
  },
  resolvedBy: {
    id: 'sample-plugin-reviews.conversations.resolved-by',
    defaultMessage: 'Resolved by {name}, {ago}',
    description: 'Below the comments.',
  },
  reopenedBy: {
    id: 'sample-plugin-reviews.conversations.reopened-by',
    defaultMessage: 'opened again by {name}, {ago}',
    description: 'Behind that.',
  },
  reply: {
    id: 'sample-plugin-reviews.conversations.reply',
    defaultMessage: 'Reply',
    description: 'Button, and the field that it opens.',
  },
  resolve: {
    id: 'sample-plugin-reviews.conversations.resolve',
    defaultMessage: 'Resolve',
    description: 'Button: ends a conversation.',
  },
  reopen: {
    id: 'sample-plugin-reviews.conversations.reopen',
    defaultMessage: 'Open again',
    description: 'Button: takes that back.',
  },
  edit: {
    id: 'sample-plugin-reviews.conversations.edit',
    defaultMessage: 'Edit',
    description: 'Button below one’s own comment, and the field that it opens.',
  },
  save: {
    id: 'sample-plugin-reviews.conversations.save',
    defaultMessage: 'Save',
    description: 'Button below that field.',
  },
  delete: {
    id: 'sample-plugin-reviews.conversations.delete',
    defaultMessage: 'Delete',
    description: 'Button below one’s own comment.',
  },
  deleteQuestion: {
    id: 'sample-plugin-reviews.conversations.delete-question',
    defaultMessage: 'Delete this comment? You cannot undo this.',
    description: 'Question after that button.',
  },
  deleteConfirm: {
    id: 'sample-plugin-reviews.conversations.delete-confirm',
    defaultMessage: 'Delete comment',
    description: 'Answer to that question.',
  },
  keep: {
    id: 'sample-plugin-reviews.conversations.keep',
    defaultMessage: 'Keep it',
    description: 'The other answer.',
  },
  said: {
    id: 'sample-plugin-reviews.conversations.said',
    defaultMessage: '{what, select, resolved {Conversation resolved.} reopened {Conversation opened again.} other {Comment deleted.}}',
    description: 'What was done last.',
  },
  missing: {
    id: 'sample-plugin-reviews.conversations.missing',
    defaultMessage: 'Write a comment first.',
    description: 'Below the field if there is nothing to send.',
  },
  hint: {
    id: 'sample-plugin-reviews.conversations.hint',
    defaultMessage: 'Visible to everyone who can view this library. Ctrl+Enter sends it.',
    description: 'Below the field.',
  },
  send: {
    id: 'sample-plugin-reviews.conversations.send',
    defaultMessage: 'Send',
    description: 'Button below the field.',
  },
  sending: {
    id: 'sample-plugin-reviews.conversations.sending',
    defaultMessage: 'Sending…',
    description: 'On a button while it is under way.',
  },
  close: {
    id: 'sample-plugin-reviews.conversations.close',
    defaultMessage: 'Close',
    description: 'Button that closes the field. What was typed is kept.',
  },
  discard: {
    id: 'sample-plugin-reviews.conversations.discard',
    defaultMessage: 'Discard',
    description: 'Button below an unsent comment: throws it away.',
  },
  rule: {
    id: 'sample-plugin-reviews.conversations.rule',
    defaultMessage: 'Conversations must be resolved',
    description: 'Switch in the review settings.',
  },
  ruleMeans: {
    id: 'sample-plugin-reviews.conversations.rule-means',
    defaultMessage: 'Changes with open conversations cannot be published. Applies at once.',
    description: 'Below that switch.',
  },
  ruleHolds: {
    id: 'sample-plugin-reviews.conversations.rule-holds',
    defaultMessage: 'Changes with open conversations cannot be published.',
    description: 'In place of that switch, for those who cannot change it.',
  },
});
