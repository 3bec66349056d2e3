/** Of whom, with which words, and by when. What was typed stays until the server has it. */
import type { FormEvent, KeyboardEvent } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, Form, StatefulButton } from '@openedx/paragon';

import { ErrorMessage } from '../common';
import { RefusedItems } from '../common/RefusedItems';
import { bodyOf, refusedItemsOf } from '../data/errors';
import {
  requestOf, useDraft, type Draft,
} from './draft';
import { PeopleField } from './PeopleField';
import type { Ask } from './requests';
import messages from './messages';

interface Props {
  libraryKey: string;
  /** Under which the draft is kept: of an item, or of the library. */
  draftKey: string;
  initial: Draft;
  ask: Ask;
  onAsked: () => void;
  onClose: () => void;
  takesFocus: boolean;
}

interface Typed { target: { value: string } }

/** What the server says about each field, and whether that is all. */
const refusalsOf = (error: unknown) => {
  const { code, detail, details } = bodyOf(error) ?? {};
  // Of a list of names, by number.
  const first = (name: string) => Object.values(details?.[name] ?? {}).flat()[0] as string | undefined;
  const people = code === 'reviewer_not_allowed' ? detail : first('reviewers');
  const message = first('message');
  const due = first('due');
  return {
    people, message, due, isAll: Boolean(people ?? message ?? due),
  };
};

export const AskForm = ({
  libraryKey, draftKey, initial, ask, onAsked, onClose, takesFocus,
}: Props) => {
  const intl = useIntl();
  const { draft, write, forget } = useDraft(draftKey, initial);
  const refusals = refusalsOf(ask.error);
  const items = refusedItemsOf(ask.error);

  const change = (part: Partial<Draft>) => {
    write(part);
    if (!ask.isPending) { ask.reset(); }
  };
  const send = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (ask.isPending) { return; }
    ask.mutateAsync(requestOf(draft)).then(() => {
      forget();
      onAsked();
    }, () => {}); // shown below
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { send(event); }
    if (event.key === 'Escape') { onClose(); }
  };

  return (
    // The keys are shortcuts for its buttons.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      onSubmit={send}
      onKeyDown={onKeyDown}
      noValidate
      aria-label={intl.formatMessage(messages.ask)}
      className="mt-2"
      style={{ maxWidth: '46rem' }}
    >
      <PeopleField
        libraryKey={libraryKey}
        draft={draft}
        onChange={change}
        refusal={refusals.people}
        takesFocus={takesFocus}
      />
      <Form.Group size="sm" className="mb-2" isInvalid={refusals.message !== undefined}>
        <Form.Control
          as="textarea"
          rows={2}
          dir="auto"
          maxLength={10_000}
          floatingLabel={intl.formatMessage(messages.message)}
          value={draft.message}
          onChange={({ target }: Typed) => change({ message: target.value })}
        />
        {refusals.message && <Form.Control.Feedback type="invalid">{refusals.message}</Form.Control.Feedback>}
      </Form.Group>
      <Form.Group size="sm" className="mb-2" style={{ maxWidth: '14rem' }} isInvalid={refusals.due !== undefined}>
        <Form.Control
          type="date"
          dir="ltr" // or the browser's own button covers a part of the date
          floatingLabel={intl.formatMessage(messages.due)}
          value={draft.due}
          onChange={({ target }: Typed) => change({ due: target.value })}
        />
        {refusals.due && <Form.Control.Feedback type="invalid">{refusals.due}</Form.Control.Feedback>}
      </Form.Group>
      {ask.error && !refusals.isAll && items.length === 0 && <ErrorMessage error={ask.error} />}
      {items.length > 0 && (
        <RefusedItems items={items}>{intl.formatMessage(messages.refused, { count: items.length })}</RefusedItems>
      )}
      <div className="d-flex flex-wrap" style={{ gap: '.5rem' }}>
        <StatefulButton
          type="submit"
          size="sm"
          state={ask.isPending ? 'pending' : 'default'}
          labels={{ default: intl.formatMessage(messages.send), pending: intl.formatMessage(messages.sending) }}
        />
        <Button size="sm" variant="tertiary" onClick={onClose}>{intl.formatMessage(messages.close)}</Button>
      </div>
    </form>
  );
};
