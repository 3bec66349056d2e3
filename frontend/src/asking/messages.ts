import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  request: {
    id: 'sample-plugin-reviews.asking.request',
    defaultMessage: 'Request for a review',
    description: 'Name of the part that says who was asked for a review, read by a screen reader.',
  },
  asked: {
    id: 'sample-plugin-reviews.asking.asked',
    defaultMessage: '{isOwn, select, true {You} other {{name}}} asked {people} for a review, {ago}',
    description: 'The open request: “Ada asked Rita and Otto for a review, 3 hours ago”. The message follows.',
  },
  everyone: {
    id: 'sample-plugin-reviews.asking.everyone',
    defaultMessage: 'everyone who may review',
    description: '"people" in that sentence and in the next one, if nobody is named.',
  },
  you: {
    id: 'sample-plugin-reviews.asking.you',
    defaultMessage: 'you',
    description: 'One of the people: the person who reads this.',
  },
  waitsFor: {
    id: 'sample-plugin-reviews.asking.waits-for',
    defaultMessage: 'waits for {people}',
    description: 'Behind that sentence, once some of the people have answered.',
  },
  inProgress: {
    id: 'sample-plugin-reviews.asking.in-progress',
    defaultMessage: 'Nobody has asked for a review yet.',
    description: 'About a change in progress, in place of the request.',
  },
  ask: {
    id: 'sample-plugin-reviews.asking.ask',
    defaultMessage: 'Ask for a review',
    description: 'Button that opens a form, and name of that form.',
  },
  edit: {
    id: 'sample-plugin-reviews.asking.edit',
    defaultMessage: 'Edit request',
    description: 'Button that opens the same form, if there is an open request for a review.',
  },
  withdraw: {
    id: 'sample-plugin-reviews.asking.withdraw',
    defaultMessage: 'Withdraw request',
    description: 'Button.',
  },
  again: {
    id: 'sample-plugin-reviews.asking.again',
    defaultMessage: 'Done: ask again',
    description: 'Button for an author who has made the changes that reviewers requested: asks them for another review.',
  },
  said: {
    id: 'sample-plugin-reviews.asking.said',
    defaultMessage: '{what, select, asked {Asked for a review: {title}} again {Asked again: {title}} withdrawn {Request withdrawn: {title}} other {Undone: {title}}}',
    description: 'What was done last.',
  },
  askForThese: {
    id: 'sample-plugin-reviews.asking.ask-for-these',
    defaultMessage: 'Ask for a review of these ({count, number})',
    description: 'Button below the list of changes: opens a dialog, in which a review of all of them can be asked for.',
  },
  askForMany: {
    id: 'sample-plugin-reviews.asking.ask-for-many',
    defaultMessage: 'Ask for a review of {count, plural, one {# change} other {# changes}}',
    description: 'Title of that dialog.',
  },
  askedForMany: {
    id: 'sample-plugin-reviews.asking.asked-for-many',
    defaultMessage: 'Asked for a review of {count, plural, one {# change} other {# changes}}.',
    description: 'When that is done.',
  },
  refused: {
    id: 'sample-plugin-reviews.asking.refused',
    defaultMessage: 'Nothing was asked, because of {count, plural, one {one change} other {# changes}}.',
    description: 'In that dialog, if the server refused. The reasons follow.',
  },
  people: {
    id: 'sample-plugin-reviews.asking.people',
    defaultMessage: 'People to ask',
    description: 'Name of the list of people, read by a screen reader.',
  },
  leaveOut: {
    id: 'sample-plugin-reviews.asking.leave-out',
    defaultMessage: 'Do not ask {name}',
    description: 'Read by a screen reader on the button with a person’s name and a cross.',
  },
  reviewers: {
    id: 'sample-plugin-reviews.asking.reviewers',
    defaultMessage: 'Reviewers (usernames)',
    description: 'Field for the people who are asked.',
  },
  reviewersHint: {
    id: 'sample-plugin-reviews.asking.reviewers-hint',
    defaultMessage: 'Press Enter after each name. Leave this empty to ask everyone who may review.',
    description: 'Below that field.',
  },
  message: {
    id: 'sample-plugin-reviews.asking.message',
    defaultMessage: 'Message (optional)',
    description: 'Field for what the author says to the reviewers.',
  },
  due: {
    id: 'sample-plugin-reviews.asking.due',
    defaultMessage: 'Due (optional)',
    description: 'Field for the day by which the author needs the review.',
  },
  send: {
    id: 'sample-plugin-reviews.asking.send',
    defaultMessage: 'Ask',
    description: 'Button below the fields.',
  },
  sending: {
    id: 'sample-plugin-reviews.asking.sending',
    defaultMessage: 'Asking…',
    description: 'On that button while it works.',
  },
  close: {
    id: 'sample-plugin-reviews.asking.close',
    defaultMessage: 'Close',
    description: 'Button that closes the form. What was typed is kept.',
  },
});
