import { useRef, useState, type FormEvent } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Form, StatefulButton } from '@openedx/paragon';

import messages from './messages';

interface Props {
  text: string;
  onChange: (text: string) => void;
  label: string;
  /** What to say if there is no text. */
  missing: string;
  submit: string;
  /** What a screen reader says in place of that: there are many such buttons. */
  submitName?: string;
  isPending: boolean;
  onSubmit: (text: string) => void;
}

/** A text that has to be given, and the button that sends it. The text is kept outside: the form comes and goes. */
export const ReasonForm = ({
  text, onChange, label, missing, submit, submitName, isPending, onSubmit,
}: Props) => {
  const intl = useIntl();
  const field = useRef<HTMLTextAreaElement>(null);
  const [isRefused, setRefused] = useState(false);
  const isMissing = isRefused && text.trim() === '';

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isPending) { return; }
    // A button that does nothing says nothing: this one says what is missing, and leads there.
    setRefused(true);
    if (text.trim() === '') {
      field.current?.focus();
    } else {
      onSubmit(text.trim());
    }
  };

  return (
    <form className="mt-3" onSubmit={send} noValidate>
      <Form.Group size="sm" className="mb-2" isInvalid={isMissing}>
        <Form.Control
          ref={field}
          as="textarea"
          rows={2}
          dir="auto"
          required
          // The person has just asked for it.
          autoFocus // eslint-disable-line jsx-a11y/no-autofocus
          floatingLabel={label}
          value={text}
          onChange={(event: { target: { value: string } }) => onChange(event.target.value)}
        />
        {isMissing && <Form.Control.Feedback type="invalid">{missing}</Form.Control.Feedback>}
        <Form.Text>{intl.formatMessage(messages.noteHelp)}</Form.Text>
      </Form.Group>
      <StatefulButton
        type="submit"
        size="sm"
        state={isPending ? 'pending' : 'default'}
        labels={{ default: submit, pending: intl.formatMessage(messages.sending) }}
        aria-label={submitName}
      />
    </form>
  );
};
