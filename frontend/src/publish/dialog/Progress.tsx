import { useIntl } from '@edx/frontend-platform/i18n';
import { Alert } from '@openedx/paragon';

import { useErrorSentence } from '../../common';
import type { BackgroundPublish } from '../../data/api';
import messages from './messages';

interface Props {
  /** Undefined until the server has answered. */
  publish?: BackgroundPublish;
  error: unknown;
  /** Given once there is nothing more to wait for. */
  onClose?: () => void;
}

/** How far a publish in the background is, and how it ended. */
export const Progress = ({ publish, error, onClose }: Props) => {
  const intl = useIntl();
  const sentenceOf = useErrorSentence();
  const closeLabel = intl.formatMessage(messages.close);
  if (error && onClose) {
    return (
      <Alert variant="danger" className="p-3 mt-2" dismissible onClose={onClose} closeLabel={closeLabel}>
        {sentenceOf(error)}
      </Alert>
    );
  }
  if (publish?.state === 'failed') {
    return (
      <Alert variant="danger" className="p-3 mt-2" dismissible onClose={onClose} closeLabel={closeLabel}>
        {publish.error}
      </Alert>
    );
  }
  if (publish?.state === 'succeeded') {
    return (
      <Alert variant="success" className="p-3 mt-2" dismissible onClose={onClose} closeLabel={closeLabel}>
        {intl.formatMessage(messages.published, {
          count: publish.result?.published_count ?? 0, skipped: publish.result?.skipped_count ?? 0,
        })}
      </Alert>
    );
  }
  const { done = 0, total = null } = publish ?? {};
  const sentence = intl.formatMessage(messages.progress, { done, total: total ?? -1 });
  return (
    <div className="mt-2">
      <p className="small mb-1" role="status">{sentence}</p>
      {/* The browser's own: Paragon's has no name for screen readers. Without a value it only moves. */}
      <progress className="w-100" max={total ?? undefined} value={total === null ? undefined : done} aria-label={sentence} />
      <p className="small mt-1">
        {intl.formatMessage(error ? messages.noAnswer : messages.inBackground)}
      </p>
    </div>
  );
};
