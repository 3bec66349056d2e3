import { useState, type ReactNode } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, Form, StatefulButton } from '@openedx/paragon';

import messages from './messages';

/** The note that somebody is writing; null if they are not. Kept outside of the form, which comes and goes. */
export const useNote = () => useState<string | null>(null);

interface Props {
  note: ReturnType<typeof useNote>;
  label: string;
  /** What a screen reader says in place of the labels: there are many buttons like these. */
  names?: { mark: string, addNote: string, noNote: string };
  isPending: boolean;
  onMark: (note: string) => void;
  /** What can be done in place of it, beside it. */
  others?: ReactNode;
  /** More buttons, after all of these. */
  children?: ReactNode;
}

/** “Approve”, with a note for those who want to leave one. */
export const MarkReviewed = ({
  note: [note, setNote], label, names, isPending, onMark, others, children,
}: Props) => {
  const intl = useIntl();
  const hasNote = note !== null;
  return (
    <div className="mt-2">
      {hasNote && (
        <Form.Group size="sm" className="mt-3 mb-2">
          <Form.Control
            as="textarea"
            rows={2}
            dir="auto"
            // The person has just asked for it.
            autoFocus // eslint-disable-line jsx-a11y/no-autofocus
            floatingLabel={intl.formatMessage(messages.note)}
            value={note}
            onChange={(event: { target: { value: string } }) => setNote(event.target.value)}
          />
          <Form.Text>{intl.formatMessage(messages.noteHelp)}</Form.Text>
        </Form.Group>
      )}
      <div className="d-flex flex-wrap" style={{ gap: '.5rem' }}>
        <StatefulButton
          size="sm"
          state={isPending ? 'pending' : 'default'}
          labels={{ default: label, pending: intl.formatMessage(messages.marking) }}
          aria-label={names?.mark}
          onClick={() => onMark(note?.trim() ?? '')}
        />
        {others}
        <Button
          variant="tertiary"
          size="sm"
          aria-label={hasNote ? names?.noNote : names?.addNote}
          onClick={() => setNote(hasNote ? null : '')}
        >
          {intl.formatMessage(hasNote ? messages.noNote : messages.addNote)}
        </Button>
        {children}
      </div>
    </div>
  );
};
