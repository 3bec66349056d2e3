/** The people who are asked: each as a button that leaves them out, and a field for one more. */
import {
  useEffect, useId, useRef, type ChangeEvent, type KeyboardEvent,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, Form } from '@openedx/paragon';
import { Close } from '@openedx/paragon/icons';

import { namesIn, type Draft } from './draft';
import { useReviewers } from './requests';
import messages from './messages';

interface Props {
  libraryKey: string;
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
  /** Why the server has refused these people. */
  refusal: string | undefined;
  takesFocus: boolean;
}

export const PeopleField = ({
  libraryKey, draft, onChange, refusal, takesFocus,
}: Props) => {
  const intl = useIntl();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const known = useReviewers(libraryKey).data?.results ?? [];
  const { people, typed } = draft;
  const nameOf = (username: string) => known.find((each) => each.username === username)?.name || username;

  useEffect(() => { if (refusal) { field.current?.focus(); } }, [refusal]);

  const add = (text: string) => onChange({ people: namesIn({ ...draft, typed: text }), typed: '' });
  const onType = ({ target: { value }, nativeEvent }: ChangeEvent<HTMLInputElement>) => {
    // Chosen from the list, and not a name that begins like another one.
    const isChosen = (nativeEvent as InputEvent).inputType === 'insertReplacementText'
      && known.some(({ username }) => username === value);
    if (isChosen || /[\s,;]$/.test(value)) { add(value); } else { onChange({ typed: value }); }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && typed.trim()) {
      event.preventDefault();
      add(typed);
    }
  };
  const leaveOut = (name: string) => {
    onChange({ people: people.filter((each) => each !== name) });
    field.current?.focus();
  };

  return (
    <>
      <ul
        aria-label={intl.formatMessage(messages.people)}
        aria-live="polite"
        className="list-unstyled d-flex flex-wrap mb-0"
        style={{ gap: '.25rem' }}
      >
        {people.map((name) => (
          <li key={name} className="mb-2">
            <Button
              size="sm"
              variant="outline-primary"
              iconAfter={Close}
              aria-label={intl.formatMessage(messages.leaveOut, { name: nameOf(name) })}
              onClick={() => leaveOut(name)}
            >
              <bdi>{nameOf(name)}</bdi>
            </Button>
          </li>
        ))}
      </ul>
      <Form.Group size="sm" className="mb-2" isInvalid={refusal !== undefined}>
        <Form.Control
          ref={field}
          list={listId}
          dir="auto"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={takesFocus} // eslint-disable-line jsx-a11y/no-autofocus
          floatingLabel={intl.formatMessage(messages.reviewers)}
          value={typed}
          onChange={onType}
          onKeyDown={onKeyDown}
        />
        {refusal && <Form.Control.Feedback type="invalid">{refusal}</Form.Control.Feedback>}
        <Form.Text>{intl.formatMessage(messages.reviewersHint)}</Form.Text>
      </Form.Group>
      <datalist id={listId}>
        {known.filter(({ username }) => !people.includes(username)).map(({ username, name }) => (
          <option key={username} value={username}>{name}</option>
        ))}
      </datalist>
    </>
  );
};
