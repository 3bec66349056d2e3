/** The last change, with “Undo”. It stays until the learner closes it, however long that takes. */
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';

import { CLOSE, UNDO } from './archival';
import messages from './messages';
import type { Change } from './useChanges';
import './learner-dashboard.css';

const sentenceOf = ({ isArchived, isDone }: Change) => {
  if (isDone) { return isArchived ? messages.archived : messages.broughtBack; }
  return isArchived ? messages.notArchived : messages.notBroughtBack;
};

interface Props {
  change: Change | undefined;
  onUndo: (change: Change) => void;
  onClose: (change: Change) => void;
}

export const Status = ({ change, onUndo, onClose }: Props) => {
  const { formatMessage } = useIntl();
  return (
    // Always there: a screen reader reads what changes in it.
    <div role="status" className="sample-plugin-archival-status">
      {change && (
        <div className="d-flex align-items-center rounded shadow bg-gray-700 text-white px-3 py-2">
          <span className="flex-grow-1 mr-3" dir="auto">
            {formatMessage(sentenceOf(change), { course: change.card.course.courseName })}
          </span>
          {change.isDone && !change.isUndo && (
            <Button id={UNDO} size="sm" variant="inverse-outline-primary" onClick={() => onUndo(change)}>
              {formatMessage(messages.undo)}
            </Button>
          )}
          <Button id={CLOSE} size="sm" variant="inverse-tertiary" onClick={() => onClose(change)}>
            {formatMessage(messages.close)}
          </Button>
        </div>
      )}
    </div>
  );
};
