/** The request for a review of the change that is open, and what its author does about it. */
import { useEffect, useMemo, useRef } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';

import { useForm } from '../common/useForm';
import type { Entity, Library } from '../data/api';
import { isMe } from '../data/own';
import type { OpenRequest } from '../data/schema';
import { hasChange } from '../entity/entityState';
import { useTab } from '../tabStorage';
import type { Verdicts } from '../verdict/useVerdicts';
import { Asked } from './Asked';
import { AskForm } from './AskForm';
import {
  EMPTY, draftName, requestOf, type Draft,
} from './draft';
import { useAsk, useAskAgain, useWithdraw } from './requests';
import messages from './messages';

interface Props {
  library: Library;
  entity: Entity;
  verdicts: Pick<Verdicts, 'say' | 'report'>;
}

const draftOf = ({ reviewers, message, due }: OpenRequest): Draft => ({
  people: reviewers.map(({ username }) => username), typed: '', message, due: due ?? '',
});

/** Whether a reviewer has requested changes and was not asked again since. */
const isToAskAgain = ({
  requests, outdated_requests: outdated, reviews, review_request: asked,
}: Entity) => [...requests, ...outdated].some(({ reviewer, created }) => (
  (!asked || Date.parse(asked.created) < Date.parse(created))
  && !reviews.some((review) => review.reviewer?.username === reviewer?.username)
));

export const Asking = ({ library, entity, verdicts: { say, report } }: Props) => {
  const intl = useIntl();
  const { title, review_request: request } = entity;
  const key = entity.key!;
  const initial = useMemo(() => (request ? draftOf(request) : EMPTY), [request]);
  const form = useForm(useTab(draftName(key)) !== '');
  const ask = useAsk(key);
  const again = useAskAgain(key);
  const withdraw = useWithdraw(key);
  const isPending = ask.isPending || again.isPending || withdraw.isPending;
  const mayAsk = library.may.request_review && hasChange(entity);
  const mayWithdraw = request && (isMe(request.requested_by) || library.may.manage_policy);

  // The button that was pressed is gone.
  const part = useRef<HTMLDivElement>(null);
  const wasPressed = useRef(false);
  useEffect(() => {
    if (wasPressed.current && document.activeElement === document.body) {
      part.current?.focus();
      wasPressed.current = false;
    }
  });
  const press = (act: () => void) => () => {
    if (isPending) { return; }
    wasPressed.current = true;
    act();
  };
  const done = (what: string) => ({ sentence: intl.formatMessage(messages.said, { what, title }) });
  const onWithdraw = press(() => report(withdraw.mutateAsync(undefined), { title, key }, {
    ...done('withdrawn'),
    undo: () => report(ask.mutateAsync(requestOf(initial)), { title, key }, done('undone')),
  }));

  return (
    <div ref={part} role="group" tabIndex={-1} aria-label={intl.formatMessage(messages.request)} className="small mt-1">
      {request && <Asked request={request} />}
      {entity.is_in_progress && <div>{intl.formatMessage(messages.inProgress)}</div>}
      <div className="d-flex flex-wrap" style={{ gap: '.5rem' }}>
        {mayAsk && isToAskAgain(entity) && (
          <Button
            size="sm"
            aria-disabled={isPending}
            onClick={press(() => report(again.mutateAsync(undefined), { title, key }, done('again')))}
          >
            {intl.formatMessage(messages.again)}
          </Button>
        )}
        {mayAsk && !form.isOpen && (
          <Button ref={form.opener} size="sm" variant="outline-primary" onClick={form.open}>
            {intl.formatMessage(request ? messages.edit : messages.ask)}
          </Button>
        )}
        {mayWithdraw && (
          <Button size="sm" variant="tertiary" aria-disabled={isPending} onClick={onWithdraw}>
            {intl.formatMessage(messages.withdraw)}
          </Button>
        )}
      </div>
      {mayAsk && form.isOpen && (
        <AskForm
          libraryKey={library.key}
          draftKey={key}
          initial={initial}
          ask={ask}
          onAsked={() => {
            say(done('asked'));
            form.close();
          }}
          onClose={form.close}
          takesFocus={form.takesFocus}
        />
      )}
    </div>
  );
};
