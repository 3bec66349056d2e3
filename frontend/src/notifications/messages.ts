import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  title: {
    id: 'sample-plugin-reviews.notifications.title',
    defaultMessage: 'E-mails about reviews',
    description: 'Heading above the choices when to be told by e-mail about what. They are folded up.',
  },
  kind: {
    id: 'sample-plugin-reviews.notifications.kind',
    defaultMessage: '{kind, select, review_requested {An author asks you for a review} due_tomorrow {A review that you were asked for is due tomorrow} changes_requested {A reviewer requests changes to your change} answered {Someone answers in a conversation in which you wrote} reviewed {Your change has all the reviews that it needs} other {Your change is published}}',
    description: 'Label of a choice when to be told. The kind is review_requested, due_tomorrow, changes_requested, answered, reviewed or published.',
  },
  timing: {
    id: 'sample-plugin-reviews.notifications.timing',
    defaultMessage: '{timing, select, immediately {Immediately} daily {Once a day} other {Never}}',
    description: 'Option of that choice. The timing is immediately, daily or off.',
  },
  saved: {
    id: 'sample-plugin-reviews.notifications.saved',
    defaultMessage: 'Saved.',
    description: 'Below the choices, after one has changed.',
  },
});
