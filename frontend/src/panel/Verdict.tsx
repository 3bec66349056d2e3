/** What a reviewer can say about a change: that it is reviewed, or what is missing. And to take that back. */
import type { ReactNode } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, StatefulButton } from '@openedx/paragon';

import type { Entity } from '../data/api';
import { useMarkReviewed, useRequestChanges, useWithdrawReview } from '../data/apiHooks';
import {
  canMark, canRequestChanges, canTakeBack, canWithdraw,
} from './entityState';
import { MarkReviewed, useNote } from './MarkReviewed';
import { ReasonForm } from './ReasonForm';
import messages from './messages';

/** What somebody is writing. Kept outside, where it outlives what is shown. */
export const useVerdictTexts = () => ({ note: useNote(), request: useNote() });

interface Props {
  entityKey: string;
  entity: Entity;
  /** The change that they have looked at. */
  recordId: number | null;
  texts: ReturnType<typeof useVerdictTexts>;
  onDone: (sentence: string) => void;
  onFailed: (error: unknown) => void;
  /** More buttons, beside these. */
  children?: ReactNode;
}

export const Verdict = ({
  entityKey, entity, recordId, texts: { note, request }, onDone, onFailed, children,
}: Props) => {
  const intl = useIntl();
  const mark = useMarkReviewed();
  const ask = useRequestChanges();
  const withdraw = useWithdrawReview();
  const { title } = entity;
  const [requestText, setRequestText] = request;
  const isReviewed = canWithdraw(entity);
  const mayMark = canMark(entity) && recordId !== null;
  const mayAsk = canRequestChanges(entity) && recordId !== null;

  const done = (sentence: string) => {
    note[1](null);
    setRequestText(null);
    onDone(sentence);
  };
  const markReviewed = (text: string) => {
    mark.mutateAsync({ seen: { key: entityKey, recordId: recordId! }, note: text })
      .then(() => done(intl.formatMessage(messages.marked, { title })), onFailed);
  };
  const requestChanges = (text: string) => {
    ask.mutateAsync({ seen: { key: entityKey, recordId: recordId! }, note: text })
      .then(() => done(intl.formatMessage(messages.asked, { title })), onFailed);
  };
  const withdrawOwn = () => {
    const sentence = intl.formatMessage(isReviewed ? messages.withdrawn : messages.takenBack, { title });
    withdraw.mutateAsync(entityKey).then(() => done(sentence), onFailed);
  };

  const buttons = (
    <>
      {(isReviewed || canTakeBack(entity)) && (
        <StatefulButton
          variant="outline-primary"
          size="sm"
          state={withdraw.isPending ? 'pending' : 'default'}
          labels={{
            default: intl.formatMessage(isReviewed ? messages.withdraw : messages.takeBack),
            pending: intl.formatMessage(messages.withdrawing),
          }}
          aria-label={intl.formatMessage(isReviewed ? messages.withdrawItem : messages.takeBackItem, { title })}
          onClick={withdrawOwn}
        />
      )}
      {mayAsk && (
        <Button
          variant="outline-primary"
          size="sm"
          aria-expanded={requestText !== null}
          aria-label={intl.formatMessage(messages.askItem, { title })}
          onClick={() => setRequestText(requestText === null ? '' : null)}
        >
          {intl.formatMessage(messages.ask)}
        </Button>
      )}
    </>
  );

  return (
    <>
      {mayMark ? (
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
          others={buttons}
        >
          {children}
        </MarkReviewed>
      ) : (
        <div className="d-flex flex-wrap mt-2" style={{ gap: '.5rem' }}>
          {buttons}
          {children}
        </div>
      )}
      {mayAsk && requestText !== null && (
        <ReasonForm
          text={requestText}
          onChange={setRequestText}
          label={intl.formatMessage(messages.askText)}
          missing={intl.formatMessage(messages.askTextMissing)}
          submit={intl.formatMessage(messages.askConfirm)}
          submitName={intl.formatMessage(messages.askConfirmItem, { title })}
          isPending={ask.isPending}
          onSubmit={requestChanges}
        />
      )}
    </>
  );
};
