/** What the person looking may do about an item, or why not. */
import { useEffect } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Alert, Button, useToggle } from '@openedx/paragon';
import { useQueryClient } from '@tanstack/react-query';

import { useErrorSentence } from '../common';
import type { Entity, Library } from '../data/api';
import { refreshStudio } from '../host/studio';
import { setPanelState, type ItemDialog } from '../panelState';
import {
  canMark, canTakeBack, canWithdraw, hasChange, mayHoldChanges,
} from './entityState';
import { History } from './History';
import { Verdict, useVerdictTexts } from './Verdict';
import type { Seen } from './useSeen';
import type { Say } from './useStatus';
import { useWhyNot } from './useWhyNot';
import messages from './messages';

interface Props {
  library: Library;
  entityKey: string;
  entity: Entity;
  seen: Seen;
  say: Say;
}

export const ChangeActions = ({
  library, entityKey, entity, seen, say,
}: Props) => {
  const intl = useIntl();
  const sentenceOf = useErrorSentence();
  const whyNot = useWhyNot();
  const queryClient = useQueryClient();
  const texts = useVerdictTexts();
  const [isHistoryOpen, , , toggleHistory] = useToggle(false);
  const { title } = entity;
  const mustLookAgain = seen.isOutdated(entity) && canMark(entity);

  useEffect(() => {
    // Studio shows what it has loaded, for up to an hour: whoever looks again must not look at that.
    if (mustLookAgain) { refreshStudio(queryClient); }
  }, [mustLookAgain, entity.draft_change_log_record_id, queryClient]);

  const acknowledge = () => {
    seen.acknowledge(entity);
    say(intl.formatMessage(messages.outdatedAcknowledged, { title }));
  };
  const open = (shows: ItemDialog['shows']) => () => setPanelState({
    dialog: {
      shows, key: entityKey, title, say,
    },
  });

  const lookButtons = (
    <>
      {hasChange(entity) && (
        <Button
          variant="tertiary"
          size="sm"
          aria-haspopup="dialog"
          aria-label={intl.formatMessage(messages.whatChangedIn, { title })}
          onClick={open('difference')}
        >
          {intl.formatMessage(messages.whatChanged)}
        </Button>
      )}
      {library.may.review && mayHoldChanges(entity) && (
        <Button
          variant="tertiary"
          size="sm"
          aria-haspopup="dialog"
          aria-label={intl.formatMessage(messages.reviewAllOf, { title })}
          onClick={open('contents')}
        >
          {intl.formatMessage(messages.reviewAll)}
        </Button>
      )}
      <Button
        variant="tertiary"
        size="sm"
        aria-expanded={isHistoryOpen}
        aria-label={intl.formatMessage(messages.historyOf, { title })}
        onClick={toggleHistory}
      >
        {intl.formatMessage(messages.history)}
      </Button>
    </>
  );

  const actions = () => {
    if (mustLookAgain) {
      return (
        <>
          <Alert variant="warning" className="p-3 mt-2 mb-0">
            <p>{intl.formatMessage(messages.outdated)}</p>
            <Button variant="outline-primary" size="sm" onClick={acknowledge}>
              {intl.formatMessage(messages.outdatedSeen)}
            </Button>
          </Alert>
          <div className="mt-1">{lookButtons}</div>
        </>
      );
    }
    if (entity.may_review.allowed || canWithdraw(entity) || canTakeBack(entity)) {
      return (
        <Verdict
          entityKey={entityKey}
          entity={entity}
          // What they have reviewed already is, after a save that changed nothing, the same as what they saw.
          recordId={canWithdraw(entity) ? entity.draft_change_log_record_id : seen.recordOf(entity)}
          texts={texts}
          onDone={say}
          onFailed={(error) => say(sentenceOf(error), { isError: true })}
        >
          {lookButtons}
        </Verdict>
      );
    }
    // Who may not review in this library reads that once, above.
    const reason = whyNot(entity.may_review);
    return (
      <>
        {reason && <p className="small mt-2 mb-0">{reason}</p>}
        <div className="mt-1">{lookButtons}</div>
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
