import { useIntl } from '@edx/frontend-platform/i18n';
import { Alert, Button } from '@openedx/paragon';

import { bodyOf, statusOf } from '../data/errors';
import messages from './messages';

interface Props {
  error: unknown;
  /** Where there is something to load again. */
  onRetry?: () => void;
}

/** Says what went wrong, in the server's words if it had any. */
export const ErrorMessage = ({ error, onRetry }: Props) => {
  const intl = useIntl();
  const status = statusOf(error);
  const sentence = () => {
    if (status === 0) { return intl.formatMessage(messages.unreachable); }
    if (bodyOf(error)) { return bodyOf(error)!.detail; }
    return [401, 403, 404].includes(status)
      ? intl.formatMessage(messages.refused)
      : intl.formatMessage(messages.unexpected, { status });
  };
  return (
    <Alert variant="danger" className="p-3 mb-3">
      <p className="mb-0">{sentence()}</p>
      {onRetry && (
        <Button variant="outline-primary" size="sm" className="mt-2" onClick={onRetry}>
          {intl.formatMessage(messages.tryAgain)}
        </Button>
      )}
    </Alert>
  );
};
