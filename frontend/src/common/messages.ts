import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  loading: {
    id: 'sample-plugin-reviews.common.loading',
    defaultMessage: 'Loading…',
    description: 'Read by a screen reader while something is loading.',
  },
  unreachable: {
    id: 'sample-plugin-reviews.common.unreachable',
    defaultMessage: 'Studio did not answer. Check your connection and try again.',
    description: 'Shown if a request got no answer at all.',
  },
  unexpected: {
    id: 'sample-plugin-reviews.common.unexpected',
    defaultMessage: 'Something went wrong in Studio (error {status}). Try again. If it happens again, tell the site’s administrator.',
    description: 'Shown if the server failed. "status" is a number such as 500.',
  },
  refused: {
    id: 'sample-plugin-reviews.common.refused',
    defaultMessage: 'You have no access to the reviews of this library.',
    description: 'Shown if the person may not see the library, or if it does not exist.',
  },
  tryAgain: {
    id: 'sample-plugin-reviews.common.try-again',
    defaultMessage: 'Try again',
    description: 'Button beside an error.',
  },
  deactivated: {
    id: 'sample-plugin-reviews.common.deactivated',
    defaultMessage: '{name} (account deactivated)',
    description: 'A reviewer whose account is deactivated: “Reviewed by Ada (account deactivated)”.',
  },
  notReviewer: {
    id: 'sample-plugin-reviews.common.not-reviewer',
    defaultMessage: '{name} (no longer a reviewer here)',
    description: 'A reviewer who may no longer review in the library: “Reviewed by Ada (no longer a reviewer here)”.',
  },
  nobody: {
    id: 'sample-plugin-reviews.common.nobody',
    defaultMessage: 'a deleted account',
    description: 'In place of a person’s name: “Reviewed by a deleted account”.',
  },
});
