import { useIntl } from '@edx/frontend-platform/i18n';
import { Alert } from '@openedx/paragon';

import { useErrorSentence } from '../common';
import { statusOf } from '../data/errors';
import { LogInLink } from './LogInLink';
import messages from './messages';

/** Above what was loaded before, if it can no longer be loaded: what is shown, and what is typed, stays. */
export const SessionAlert = ({ error }: { error: unknown }) => {
  const intl = useIntl();
  const sentenceOf = useErrorSentence();
  const isLoggedOut = statusOf(error) === 401;
  return (
    <Alert variant="warning" className="m-2 p-2">
      {isLoggedOut ? intl.formatMessage(messages.loggedOut) : sentenceOf(error)}
      {' '}
      {isLoggedOut && <LogInLink />}
    </Alert>
  );
};
