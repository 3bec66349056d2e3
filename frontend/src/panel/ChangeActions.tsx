/** What the person looking may do about an item, or why not. */
import { useEffect } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import {
  Alert, Button, StatefulButton, useToggle,
} from '@openedx/paragon';
import { useQueryClient } from '@tanstack/react-query';

import { useErrorSentence } from '../common';
import type { Entity } from '../data/api';
import { useMarkReviewed, useWithdrawReview } from '../data/apiHooks';
import { refreshStudio } from '../host/studio';
import { canMark, canWithdraw } from './entityState';
import { History } from './History';
import { MarkReviewed, useNote } from './MarkReviewed';
import type { Seen } from './useSeen';
import type { Say } from './useStatus';
import messages from './messages';

interface Props {
  entityKey: string;
  entity: Entity;
  seen: Seen;
  say: Say;
}

export const ChangeActions = ({
  entityKey, entity, seen, say,
}: Props) => {
  const intl = useIntl();
  const sentenceOf = useErrorSentence();
  const queryClient = useQueryClient();
  const mark = useMarkReviewed();
  const withdraw = useWithdrawReview();
  const note = useNote();
  const [isHistoryOpen, , , toggleHistory] = useToggle(false);
  const { title } = entity;
  const mustLookAgain = seen.isOutdated(entity) && canMark(entity);

  useEffect(() => {
    // Studio shows what it has loaded, for up to an hour: whoever looks again must not look at that.
    if (mustLookAgain) { refreshStudio(queryClient); }
  }, [mustLookAgain, entity.draft_change_log_record_id, queryClient]);

  const sayWhyNot = (error: unknown) => say(sentenceOf(error), { isError: true });
  const markReviewed = (text: string) => {
    mark.mutateAsync({ seen: { key: entityKey, recordId: seen.recordOf(entity)! }, note: text }).then(() => {
      note[1](null);
      say(intl.formatMessage(messages.marked, { title }));
    }, sayWhyNot);
  };
  const withdrawReview = () => {
    withdraw.mutateAsync(entityKey).then(() => say(intl.formatMessage(messages.withdrawn, { title })), sayWhyNot);
  };
  const acknowledge = () => {
    seen.acknowledge(entity);
    say(intl.formatMessage(messages.outdatedAcknowledged, { title }));
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
    if (mustLookAgain) {
      return (
        <Alert variant="warning" className="p-3 mt-2 mb-0">
          <p>{intl.formatMessage(messages.outdated)}</p>
          <Button variant="outline-primary" size="sm" onClick={acknowledge}>
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
        <MarkReviewed
          note={note}
          label={intl.formatMessage(messages.mark)}
          names={{
            mark: intl.formatMessage(messages.markItem, { title }),
            addNote: intl.formatMessage(messages.addNoteItem, { title }),
            noNote: intl.formatMessage(messages.noNoteItem, { title }),
          }}
          isPending={mark.isPending}
          onMark={markReviewed}
        >
          {historyButton}
        </MarkReviewed>
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
      {isHistoryOpen && <History entityKey={entityKey} />}
    </>
  );
};
