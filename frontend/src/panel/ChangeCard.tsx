/** One item: what changed, who changed it, who reviewed it, and what the person looking may do about it. */
import type { ReactNode } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import {
  Alert, Button, StatefulButton, useToggle,
} from '@openedx/paragon';
import { Link } from 'react-router-dom';

import { Ago, ErrorMessage, usePersonName } from '../common';
import type { Entity } from '../data/api';
import { useMarkReviewed, useWithdrawReview } from '../data/apiHooks';
import { bodyOf } from '../data/errors';
import { pathOf } from '../host/studio';
import { canMark, canWithdraw } from './entityState';
import { History } from './History';
import { MarkReviewed } from './MarkReviewed';
import { ReviewLine } from './ReviewLine';
import { StateBadge } from './StateBadge';
import type { Seen } from './useSeen';
import messages from './messages';

interface Props {
  libraryKey: string;
  entity: Entity;
  seen: Seen;
  /** Called when the person has marked it, or has withdrawn. */
  onDone?: (sentence: string) => void;
  /** In a list from which one can select. */
  checkbox?: ReactNode;
}

export const ChangeCard = ({
  libraryKey, entity, seen, onDone, checkbox,
}: Props) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  const mark = useMarkReviewed();
  const withdraw = useWithdrawReview();
  const [isHistoryOpen, , , toggleHistory] = useToggle(false);
  const { title, key } = entity;
  const isStale = bodyOf(mark.error)?.code === 'stale_review';
  const error = withdraw.error ?? (isStale ? null : mark.error);

  const markReviewed = (note: string) => mark.mutate(
    { seen: { key: key!, recordId: seen.recordOf(entity)! }, note },
    { onSuccess: () => onDone?.(intl.formatMessage(messages.marked, { title })) },
  );
  const showNewState = () => {
    mark.reset();
    seen.acknowledge(entity);
  };

  const historyButton = key && (
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
            onClick={() => withdraw.mutate(
              key!,
              { onSuccess: () => onDone?.(intl.formatMessage(messages.withdrawn, { title })) },
            )}
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
    <li className="border rounded p-3 mb-2">
      <div className="d-flex align-items-start" style={{ gap: '.75rem' }}>
        {checkbox}
        <div className="flex-grow-1" style={{ minWidth: 0 }}>
          <div className="d-flex flex-wrap justify-content-between" style={{ gap: '.25rem .75rem' }}>
            <h4 className="h5 mb-0">
              {key && entity.change !== 'deleted' ? <Link to={pathOf(libraryKey, key)}>{title}</Link> : title}
            </h4>
            <StateBadge entity={entity} />
          </div>
          <p className="small mb-0">
            {intl.formatMessage(messages.changeLine, {
              change: entity.change ?? 'none', type: intl.formatMessage(messages.type, { type: entity.block_type }),
            })}
            {entity.changed_at && entity.change && (
              <>
                {' · '}
                {intl.formatMessage(messages.changedBy, {
                  name: nameOf(entity.changed_by), ago: <Ago time={entity.changed_at} />,
                })}
              </>
            )}
          </p>
          {entity.contained_in.length > 0 && (
            <p className="small mb-0">
              {intl.formatMessage(messages.containedIn, {
                titles: intl.formatList(entity.contained_in.map((container) => container.title)),
              })}
            </p>
          )}
          {entity.reviews.length > 0 && (
            <ul className="list-unstyled small mb-0">
              {entity.reviews.map((review) => <ReviewLine key={review.id} review={review} />)}
            </ul>
          )}
          {actions()}
          {error && <div className="mt-2"><ErrorMessage error={error} /></div>}
          {key && isHistoryOpen && <History entityKey={key} />}
        </div>
      </div>
    </li>
  );
};
