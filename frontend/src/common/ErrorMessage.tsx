import { useIntl } from '@edx/frontend-platform/i18n';
import { Alert, Button } from '@openedx/paragon';

import messages from './messages';
import { useErrorSentence } from './useErrorSentence';

interface Props {
  error: unknown;
  /** Where there is something to load again. */
  onRetry?: () => void;
}

/** In place of what could not be loaded or done. */
export const ErrorMessage = ({ error, onRetry }: Props) => {
  const intl = useIntl();
  const sentenceOf = useErrorSentence();
  return (
    <Alert variant="danger" className="p-3 mb-3">
      <p className="mb-0">{sentenceOf(error)}</p>
      {onRetry && (
        <Button variant="outline-primary" size="sm" className="mt-2" onClick={onRetry}>
          {intl.formatMessage(messages.tryAgain)}
        </Button>
      )}
    </Alert>
  );
};
