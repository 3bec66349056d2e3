/** What the person looking may do about an item, or why not. */
import { useIntl } from '@edx/frontend-platform/i18n';
import {
  Alert, Button, StatefulButton, useToggle,
} from '@openedx/paragon';

import { ErrorMessage } from '../common';
import type { Entity } from '../data/api';
import { useMarkReviewed, useWithdrawReview } from '../data/apiHooks';
import { bodyOf } from '../data/errors';
import { canMark, canWithdraw } from './entityState';
import { History } from './History';
import { MarkReviewed } from './MarkReviewed';
import type { Seen } from './useSeen';
import messages from './messages';

interface Props {
  entityKey: string;
  entity: Entity;
  seen: Seen;
  onDone: (sentence: string) => void;
}

export const ChangeActions = ({
  entityKey, entity, seen, onDone,
}: Props) => {
  const intl = useIntl();
  const mark = useMarkReviewed();
  const withdraw = useWithdrawReview();
  const [isHistoryOpen, , , toggleHistory] = useToggle(false);
  const { title } = entity;
  const isStale = bodyOf(mark.error)?.code === 'stale_review';
  const error = withdraw.error ?? (isStale ? null : mark.error);

  const markReviewed = (note: string) => {
    mark.mutateAsync({ seen: { key: entityKey, recordId: seen.recordOf(entity)! }, note }).then(
      () => onDone(intl.formatMessage(messages.marked, { title })),
      () => {}, // shown below
    );
  };
  const withdrawReview = () => {
    withdraw.mutateAsync(entityKey).then(
      () => onDone(intl.formatMessage(messages.withdrawn, { title })),
      () => {}, // shown below
    );
  };
  const showNewState = () => {
    mark.reset();
    seen.acknowledge(entity);
  };

  const historyButton = (
    <Button
      variant="tertiary"
      size="sm"
      aria-expanded={isHistoryOpen}
      aria-label={intl.formatMessage(messages.historyOf, { title })}
      onClick={toggleHistory}
    >
      {intl.formatMessage(messages.history)}
    </Button>
  );

  const actions = () => {
    if (isStale || seen.isOutdated(entity)) {
      return (
        <Alert variant="warning" className="p-3 mt-2 mb-0">
          <p>{intl.formatMessage(messages.outdated)}</p>
          <Button variant="outline-primary" size="sm" onClick={showNewState}>
            {intl.formatMessage(messages.outdatedSeen)}
          </Button>
        </Alert>
      );
    }
    if (canWithdraw(entity)) {
      return (
        <div className="d-flex flex-wrap mt-2" style={{ gap: '.5rem' }}>
          <StatefulButton
            variant="outline-primary"
            size="sm"
            state={withdraw.isPending ? 'pending' : 'default'}
            labels={{
              default: intl.formatMessage(messages.withdraw), pending: intl.formatMessage(messages.withdrawing),
            }}
            aria-label={intl.formatMessage(messages.withdrawItem, { title })}
            onClick={withdrawReview}
          />
          {historyButton}
        </div>
      );
    }
    if (canMark(entity)) {
      return (
        <MarkReviewed what={title} isPending={mark.isPending} onMark={markReviewed}>{historyButton}</MarkReviewed>
      );
    }
    // Who may not review in this library reads that once, above.
    const { reason } = entity.may_review;
    return (
      <>
        {(reason === 'own_change' || reason === 'no_record') && (
          <p className="small mt-2 mb-0">{intl.formatMessage(messages[reason])}</p>
        )}
        <div className="mt-1">{historyButton}</div>
      </>
    );
  };

  return (
    <>
      {actions()}
      {error && <div className="mt-2"><ErrorMessage error={error} /></div>}
      {isHistoryOpen && <History entityKey={entityKey} />}
    </>
  );
};
