import { useState, type ReactNode } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import {
  Button, Form, StatefulButton, useToggle,
} from '@openedx/paragon';

import messages from './messages';

interface Props {
  /** The item, or how many; for screen readers, which read the same button many times over. */
  what: string;
  label?: string;
  isPending: boolean;
  onMark: (note: string) => void;
  /** More buttons, beside it. */
  children?: ReactNode;
}

/** “Mark as reviewed”, with a note for those who want to leave one. */
export const MarkReviewed = ({
  what, label, isPending, onMark, children,
}: Props) => {
  const intl = useIntl();
  const [hasNote, openNote, closeNote] = useToggle(false);
  const [note, setNote] = useState('');

  return (
    <div className="mt-2">
      {hasNote && (
        <Form.Group className="mb-2">
          <Form.Control
            as="textarea"
            rows={2}
            // The person has just asked for it.
            autoFocus // eslint-disable-line jsx-a11y/no-autofocus
            floatingLabel={intl.formatMessage(messages.note)}
            value={note}
            onChange={(event: { target: { value: string } }) => setNote(event.target.value)}
          />
        </Form.Group>
      )}
      <div className="d-flex flex-wrap" style={{ gap: '.5rem' }}>
        <StatefulButton
          size="sm"
          state={isPending ? 'pending' : 'default'}
          labels={{
            default: label ?? intl.formatMessage(messages.mark),
            pending: intl.formatMessage(messages.marking),
          }}
          aria-label={label ? undefined : intl.formatMessage(messages.markItem, { title: what })}
          onClick={() => onMark(hasNote ? note.trim() : '')}
        />
        <Button
          variant="tertiary"
          size="sm"
          aria-label={intl.formatMessage(hasNote ? messages.noNoteItem : messages.addNoteItem, { title: what })}
          onClick={hasNote ? closeNote : openNote}
        >
          {intl.formatMessage(hasNote ? messages.noNote : messages.addNote)}
        </Button>
        {children}
      </div>
    </div>
  );
};
