/** Write a comment. The text is kept in the tab until the server has it: the form comes and goes. */
import {
  useId, useRef, useState, type FormEvent, type KeyboardEvent,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, Form, StatefulButton } from '@openedx/paragon';

import { ErrorMessage } from '../common';
import { forgetDraft, useDrafts, writeDraft } from './drafts';
import { useWrite, type Item } from './hooks';
import type { Conversation } from './requests';
import messages from './messages';

export interface FormProps {
  item: Item;
  /** Under which the text is kept. */
  name: string;
  label: string;
  submit: string;
  send: (body: string) => Promise<Conversation>;
  /** Closes the form, with the text kept. */
  onClose?: () => void;
  /** Where the form cannot be closed, because nothing would open it again. */
  onDiscard?: () => void;
  /** Whether the person has just asked for it, and so wants to write. */
  takesFocus: boolean;
}

export const CommentForm = ({
  item, name, label, submit, send, onClose, onDiscard, takesFocus,
}: FormProps) => {
  const intl = useIntl();
  const hintId = useId();
  const text = useDrafts(item.key)[name] ?? '';
  const write = useWrite(item);
  const field = useRef<HTMLTextAreaElement>(null);
  const [isMissed, setMissed] = useState(false);
  const isMissing = isMissed && text.trim() === '';

  const post = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (write.isPending) { return; }
    const body = text.trim();
    setMissed(true);
    if (body === '') {
      field.current?.focus();
      return;
    }
    write.mutateAsync(() => send(body)).then(() => {
      forgetDraft(item.key, name, body);
      onClose?.();
    }, () => {}); // shown below, and the text stays
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { post(event); }
    if (event.key === 'Escape') { onClose?.(); }
  };

  return (
    <form onSubmit={post} noValidate className="sample-plugin-reviews-comment-form">
      <Form.Group size="sm" className="mb-2" isInvalid={isMissing}>
        <Form.Control
          ref={field}
          as="textarea"
          rows={text.includes('\n') || text.length > 100 ? 5 : 2}
          dir="auto"
          maxLength={10_000}
          autoFocus={takesFocus} // eslint-disable-line jsx-a11y/no-autofocus
          aria-describedby={hintId}
          aria-keyshortcuts="Control+Enter"
          floatingLabel={label}
          value={text}
          onChange={({ target }: { target: { value: string } }) => writeDraft(item.key, name, target.value)}
          onKeyDown={onKeyDown}
        />
        {isMissing && (
          <Form.Control.Feedback type="invalid">{intl.formatMessage(messages.missing)}</Form.Control.Feedback>
        )}
        <Form.Text id={hintId}>{intl.formatMessage(messages.hint)}</Form.Text>
      </Form.Group>
      {write.error && <ErrorMessage error={write.error} />}
      <div className="d-flex flex-wrap" style={{ gap: '.5rem' }}>
        <StatefulButton
          type="submit"
          size="sm"
          state={write.isPending ? 'pending' : 'default'}
          labels={{ default: submit, pending: intl.formatMessage(messages.sending) }}
        />
        <Button size="sm" variant="tertiary" onClick={onClose ?? onDiscard}>
          {intl.formatMessage(onClose ? messages.close : messages.discard)}
        </Button>
      </div>
    </form>
  );
};
