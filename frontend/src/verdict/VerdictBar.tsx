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
} from '../entity/entityState';
import { useWhyNot } from '../entity/useWhyNot';
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
  /** Whether the keys a and r decide, too. */
  hasShortcuts?: boolean;
  className: string;
}

// Longer than a double click, shorter than anybody reads.
const ON_THE_SCREEN = 600; // milliseconds

/** Whether this change has been on the screen, so that a click or a key was meant for it and not for the last one. */
const useWasShown = <Id extends string | number>(id: Id | null): boolean => {
  const [shown, setShown] = useState<Id | null>(null);
  useEffect(() => {
    if (id === null) { return undefined; }
    const timer = setTimeout(() => setShown(id), ON_THE_SCREEN);
    return () => clearTimeout(timer);
  }, [id]);
  return id !== null && shown === id;
};

export const VerdictBar = ({
  entityKey, entity, recordId, verdicts: { decide, isPending }, hasShortcuts = false, className,
}: Props) => {
  const intl = useIntl();
  const hintId = useId();
  const whyNot = useWhyNot();
  const field = useRef<HTMLTextAreaElement>(null);
  const [note, setNote] = useNote(entityKey);
  const [isNoteMissing, setNoteMissing] = useState(false);
  const wasShown = useWasShown(recordId);
  // One's own verdict can be withdrawn also if what changed cannot be shown.
  const wasItemShown = useWasShown(entityKey);
  const hasNote = note.trim() !== '';
  const mayApprove = canMark(entity);
  const mayRequest = canRequestChanges(entity);
  const hasOwnRequest = canTakeBack(entity);

  const give = (verdict: Verdict) => {
    if (!(verdict === 'withdrawn' ? wasItemShown : wasShown) || isPending) { return; }
    if (verdict === 'changes_requested' && !hasNote) {
      setNoteMissing(true);
      field.current?.focus();
      return;
    }
    setNoteMissing(false);
    const seen = { key: entityKey, recordId: recordId ?? entity.draft_change_log_record_id! };
    decide(verdict, entity, seen, note.trim());
  };
  // The second click of a double click was not meant for what opened in between, and does not take the focus there.
  const press = (verdict: Verdict) => ({
    onMouseDown: (event: MouseEvent) => { if (event.detail > 1) { event.preventDefault(); } },
    onClick: (event: MouseEvent) => { if (event.detail < 2) { give(verdict); } },
  });
  useShortcuts({
    // One's own request is not approved away by a key.
    a: () => { if (hasShortcuts && mayApprove && !hasOwnRequest) { give('reviewed'); } },
    r: () => { if (hasShortcuts && mayRequest) { give('changes_requested'); } },
  });

  if (!hasChange(entity)) { return null; }
  if (!mayApprove && !mayRequest && !canWithdraw(entity) && !hasOwnRequest) {
    const reason = whyNot(entity.may_review) ?? (
      entity.may_review.reason === 'no_permission' ? intl.formatMessage(messages.noPermission) : undefined
    );
    return reason ? <p className={`${className} small mb-0`}>{reason}</p> : null;
  }
  const isWaiting = !wasShown || isPending;
  return (
    <div className={className}>
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
            aria-keyshortcuts={hasShortcuts && !hasOwnRequest ? 'a' : undefined}
            {...press('reviewed')}
          >
            {intl.formatMessage(messages.approve, { hasOwnRequest, hasNote })}
          </Button>
        )}
        {mayRequest && (
          <Button
            size="sm"
            variant="outline-primary"
            aria-disabled={isWaiting}
            aria-keyshortcuts={hasShortcuts ? 'r' : undefined}
            {...press('changes_requested')}
          >
            {intl.formatMessage(messages.requestChanges)}
          </Button>
        )}
        {(canWithdraw(entity) || hasOwnRequest) && (
          <Button size="sm" variant="tertiary" aria-disabled={!wasItemShown || isPending} {...press('withdrawn')}>
            {intl.formatMessage(hasOwnRequest ? messages.withdrawRequest : messages.withdrawApproval)}
          </Button>
        )}
      </div>
    </div>
  );
};
