import { useIntl } from '@edx/frontend-platform/i18n';

import { bodyOf, isRefusal, statusOf } from '../data/errors';
import messages from './messages';

/** What went wrong, as a sentence: the server's, if it had any. */
export const useErrorSentence = () => {
  const intl = useIntl();
  return (error: unknown): string => {
    const status = statusOf(error);
    if (status === 0) { return intl.formatMessage(messages.unreachable); }
    return bodyOf(error)?.detail ?? (isRefusal(error)
      ? intl.formatMessage(messages.refused)
      : intl.formatMessage(messages.unexpected, { status }));
  };
};
