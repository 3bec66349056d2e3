/** The requests for changes that stand against an item, and those that came before its latest edit. */
import { useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';

import { useErrorSentence, usePersonName } from '../common';
import type { Entity, Review } from '../data/api';
import { useDismissRequest } from '../data/apiHooks';
import { isOwn } from '../data/own';
import { ReasonForm } from './ReasonForm';
import { ReviewLine } from './ReviewLine';
import type { Say } from './useStatus';
import messages from './messages';

interface Props {
  entity: Entity;
  /** Whether the person may end what others ask for. */
  mayDismiss: boolean;
  say: Say;
}

const Dismissal = ({ entity, request, say }: { entity: Entity, request: Review, say: Say }) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  const sentenceOf = useErrorSentence();
  const dismiss = useDismissRequest();
  const [reason, setReason] = useState<string | null>(null);
  const names = { title: entity.title, name: nameOf(request.reviewer) };

  const send = (text: string) => {
    dismiss.mutateAsync({ key: entity.key!, id: request.id, reason: text }).then(
      () => say(intl.formatMessage(messages.dismissed, { title: entity.title })),
      (error) => say(sentenceOf(error), { isError: true }),
    );
  };

  return (
    <>
      <Button
        variant="tertiary"
        size="sm"
        aria-expanded={reason !== null}
        aria-label={intl.formatMessage(messages.dismissItem, names)}
        onClick={() => setReason(reason === null ? '' : null)}
      >
        {intl.formatMessage(messages.dismiss)}
      </Button>
      {reason !== null && (
        <ReasonForm
          text={reason}
          onChange={setReason}
          label={intl.formatMessage(messages.dismissReason)}
          missing={intl.formatMessage(messages.dismissReasonMissing)}
          submit={intl.formatMessage(messages.dismissConfirm)}
          submitName={intl.formatMessage(messages.dismissConfirmItem, names)}
          isPending={dismiss.isPending}
          onSubmit={send}
        />
      )}
    </>
  );
};

export const Requests = ({ entity, mayDismiss, say }: Props) => {
  const intl = useIntl();
  const { requests, outdated_requests: outdated } = entity;
  return (
    <>
      {requests.length > 0 && (
        <ul className="list-unstyled small mb-0" aria-label={intl.formatMessage(messages.changesRequested)}>
          {requests.map((request) => (
            <ReviewLine key={request.id} review={request} className="sample-plugin-reviews-request p-2 mt-2">
              {/* Their own they take back. */}
              {mayDismiss && entity.key && !isOwn(request) && (
                <Dismissal entity={entity} request={request} say={say} />
              )}
            </ReviewLine>
          ))}
        </ul>
      )}
      {outdated.length > 0 && (
        <div className="small mt-2">
          {intl.formatMessage(messages.askedBefore)}
          <ul className="list-unstyled mb-0">
            {outdated.map((request) => <ReviewLine key={request.id} review={request} />)}
          </ul>
        </div>
      )}
    </>
  );
};
