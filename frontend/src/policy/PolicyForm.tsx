/** The settings, saved together: with a reason if a rule gets weaker, and after a question if the gate is opened. */
import {
  useEffect, useRef, useState, type FormEvent,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import {
  ActionRow, AlertModal, Button, Form, StatefulButton, useToggle,
} from '@openedx/paragon';

import { ErrorMessage } from '../common';
import type { Library } from '../data/api';
import { bodyOf } from '../data/errors';
import { useSetPolicy } from '../data/policy';
import { useTab, writeTab } from '../tabStorage';
import {
  Mode, RequiredReviewers, ReviewStarts, WhoMayReview,
} from './fields';
import {
  changesOf, isNumberOfReviewers, isWeaker, opensGate, type Draft,
} from './draft';
import messages from './messages';

export const PolicyForm = ({ library }: { library: Library }) => {
  const intl = useIntl();
  const policy = useSetPolicy(library.key);
  const [draft, setDraft] = useState<Draft>({});
  // Kept until it is on record, like every other text.
  const reasonName = `policy-reason.${library.key}`;
  const reason = useTab(reasonName);
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const saved = useRef<HTMLParagraphElement>(null);
  const [isReasonMissed, setReasonMissed] = useState(false);
  const [isAsking, ask, stopAsking] = useToggle(false);

  const changes = changesOf(library, draft);
  const isChanged = Object.keys(changes).length > 0;
  const isPossible = typeof draft.reviewers !== 'string' || isNumberOfReviewers(draft.reviewers);
  const needsReason = isWeaker(library, changes);
  // The server knows the site's defaults, and asks for a reason where this page could not know.
  const refusal = (bodyOf(policy.error)?.details?.reason as string[] | undefined)?.[0];
  const isReasonInvalid = reason.trim() === '' && (refusal !== undefined || (isReasonMissed && needsReason));

  useEffect(() => { if (refusal) { reasonField.current?.focus(); } }, [refusal]);
  const isSaved = policy.isSuccess && !isChanged;
  useEffect(() => { if (isSaved) { saved.current?.focus(); } }, [isSaved]);

  const change = (chosen: Draft) => {
    setDraft({ ...draft, ...chosen });
    if (!policy.isPending) { policy.reset(); }
  };
  const send = () => {
    policy.mutateAsync({ ...changes, reason: reason.trim() }).then(() => {
      setDraft({});
      setReasonMissed(false);
      writeTab(reasonName, '');
    }, () => {}).finally(stopAsking); // an error is shown below, and what was typed stays
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!isPossible || policy.isPending) { return; }
    setReasonMissed(true);
    if (needsReason && reason.trim() === '') {
      reasonField.current?.focus();
    } else if (opensGate(library, changes)) {
      ask();
    } else {
      send();
    }
  };

  return (
    <form onSubmit={save} noValidate className="mb-3">
      <Mode library={library} draft={draft} onChange={change} />
      <RequiredReviewers library={library} draft={draft} onChange={change} />
      <WhoMayReview library={library} draft={draft} onChange={change} />
      <ReviewStarts library={library} draft={draft} onChange={change} />
      {isChanged && (
        <Form.Group size="sm" className="mt-3 mb-0" isInvalid={isReasonInvalid}>
          <Form.Control
            ref={reasonField}
            as="textarea"
            rows={2}
            dir="auto"
            required={needsReason}
            floatingLabel={intl.formatMessage(messages.reason, { isNeeded: needsReason })}
            value={reason}
            onChange={({ target }: { target: { value: string } }) => writeTab(reasonName, target.value)}
          />
          {isReasonInvalid && (
            <Form.Control.Feedback type="invalid">
              {refusal ?? intl.formatMessage(messages.reasonMissing)}
            </Form.Control.Feedback>
          )}
        </Form.Group>
      )}
      {policy.error && !refusal && <div className="mt-3"><ErrorMessage error={policy.error} /></div>}
      {isChanged && isPossible && (
        <div className="d-flex mt-3" style={{ gap: '.5rem' }}>
          <StatefulButton
            type="submit"
            size="sm"
            state={policy.isPending ? 'pending' : 'default'}
            labels={{ default: intl.formatMessage(messages.save), pending: intl.formatMessage(messages.saving) }}
          />
          <Button
            size="sm"
            variant="tertiary"
            disabled={policy.isPending}
            onClick={() => {
              setDraft({});
              policy.reset();
            }}
          >
            {intl.formatMessage(messages.undo)}
          </Button>
        </div>
      )}
      {isSaved && (
        <p ref={saved} role="status" tabIndex={-1} className="small mt-3 mb-0">{intl.formatMessage(messages.saved)}</p>
      )}
      <AlertModal
        title={intl.formatMessage(messages.openGate)}
        isOpen={isAsking}
        onClose={stopAsking}
        isOverflowVisible={false}
        footerNode={(
          <ActionRow>
            <Button variant="tertiary" onClick={stopAsking}>{intl.formatMessage(messages.cancel)}</Button>
            <StatefulButton
              variant="danger"
              state={policy.isPending ? 'pending' : 'default'}
              labels={{ default: intl.formatMessage(messages.openGateConfirm, { mode: changes.mode }) }}
              onClick={send}
            />
          </ActionRow>
        )}
      >
        <p>{intl.formatMessage(messages.openGateMeans, { library: library.title, mode: changes.mode })}</p>
      </AlertModal>
    </form>
  );
};
