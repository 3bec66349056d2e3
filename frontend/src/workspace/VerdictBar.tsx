/** What the reviewer says about the change that is open. One text, whichever button sends it: it is never lost. */
import {
  useEffect, useId, useRef, useState, type ChangeEvent, type MouseEvent,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, Form } from '@openedx/paragon';

import type { Entity } from '../data/api';
import type { Verdict } from '../data/queueHooks';
import {
  canMark, canRequestChanges, canTakeBack, canWithdraw, hasChange,
} from '../panel/entityState';
import { useWhyNot } from '../panel/useWhyNot';
import { useNote } from './notes';
import { useShortcuts } from './useShortcuts';
import type { Verdicts } from './useVerdicts';
import messages from './messages';

interface Props {
  entityKey: string;
  entity: Entity;
  /** The change that is on the screen; null until it is. */
  recordId: number | null;
  verdicts: Verdicts;
}

// Longer than a double click, shorter than anybody reads.
const ON_THE_SCREEN = 600; // milliseconds

/** Whether this change has been on the screen, so that a click or a key was meant for it and not for the last one. */
const useWasShown = (recordId: number | null): boolean => {
  const [shown, setShown] = useState<number | null>(null);
  useEffect(() => {
    if (recordId === null) { return undefined; }
    const timer = setTimeout(() => setShown(recordId), ON_THE_SCREEN);
    return () => clearTimeout(timer);
  }, [recordId]);
  return recordId !== null && shown === recordId;
};

export const VerdictBar = ({
  entityKey, entity, recordId, verdicts: { decide, isPending },
}: Props) => {
  const intl = useIntl();
  const hintId = useId();
  const whyNot = useWhyNot();
  const field = useRef<HTMLTextAreaElement>(null);
  const [note, setNote] = useNote(entityKey);
  const [isNoteMissing, setNoteMissing] = useState(false);
  const wasShown = useWasShown(recordId);
  const hasNote = note.trim() !== '';
  const mayApprove = canMark(entity);
  const mayRequest = canRequestChanges(entity);
  const hasOwnRequest = canTakeBack(entity);

  const give = (verdict: Verdict) => {
    if (!wasShown || isPending) { return; }
    if (verdict === 'changes_requested' && !hasNote) {
      setNoteMissing(true);
      field.current?.focus();
      return;
    }
    setNoteMissing(false);
    decide(verdict, entity, { key: entityKey, recordId: recordId! }, note.trim());
  };
  // The second click of a double click was not meant for what opened in between.
  const onClick = (verdict: Verdict) => (event: MouseEvent) => { if (event.detail < 2) { give(verdict); } };
  useShortcuts({
    // One's own request is not approved away by a key.
    a: () => { if (mayApprove && !hasOwnRequest) { give('reviewed'); } },
    r: () => { if (mayRequest) { give('changes_requested'); } },
  });

  if (!hasChange(entity)) { return null; }
  if (!mayApprove && !mayRequest && !canWithdraw(entity) && !hasOwnRequest) {
    const reason = whyNot(entity.may_review) ?? (
      entity.may_review.reason === 'no_permission' ? intl.formatMessage(messages.noPermission) : undefined
    );
    return reason ? <p className="sample-plugin-reviews-workspace__verdict small mb-0">{reason}</p> : null;
  }
  const isWaiting = !wasShown || isPending;
  return (
    <div className="sample-plugin-reviews-workspace__verdict">
      <Form.Group size="sm" className="mb-2" isInvalid={isNoteMissing && !hasNote}>
        <Form.Control
          ref={field}
          as="textarea"
          rows={note.includes('\n') || note.length > 100 ? 4 : 1}
          dir="auto"
          maxLength={10_000}
          aria-describedby={hintId}
          floatingLabel={intl.formatMessage(messages.note)}
          value={note}
          onChange={(event: ChangeEvent<HTMLTextAreaElement>) => setNote(event.target.value)}
        />
        {isNoteMissing && !hasNote && (
          <Form.Control.Feedback type="invalid">{intl.formatMessage(messages.noteMissing)}</Form.Control.Feedback>
        )}
        <span id={hintId} className="sr-only">{intl.formatMessage(messages.noteHelp)}</span>
      </Form.Group>
      <div className="d-flex flex-wrap align-items-center" style={{ gap: '.5rem' }}>
        {mayApprove && (
          <Button
            size="sm"
            aria-disabled={isWaiting}
            aria-keyshortcuts={hasOwnRequest ? undefined : 'a'}
            onClick={onClick('reviewed')}
          >
            {intl.formatMessage(messages.approve, { hasOwnRequest, hasNote })}
          </Button>
        )}
        {mayRequest && (
          <Button
            size="sm"
            variant="outline-primary"
            aria-disabled={isWaiting}
            aria-keyshortcuts="r"
            onClick={onClick('changes_requested')}
          >
            {intl.formatMessage(messages.requestChanges)}
          </Button>
        )}
        {(canWithdraw(entity) || hasOwnRequest) && (
          <Button size="sm" variant="tertiary" aria-disabled={isWaiting} onClick={onClick('withdrawn')}>
            {intl.formatMessage(hasOwnRequest ? messages.withdrawRequest : messages.withdrawApproval)}
          </Button>
        )}
      </div>
    </div>
  );
};
