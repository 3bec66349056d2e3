import { useState, type ChangeEvent, type FormEvent } from 'react';
import { Button, Form, Stack } from '@openedx/paragon';

import { useSaveOlx } from '../data';
import { useToastContext } from '../studio/generic/toast-context';

interface OlxFormProps {
  itemKey: string;
  olx: string;
  onDone: () => void;
}

export const OlxForm = ({ itemKey, olx, onDone }: OlxFormProps) => {
  const [text, setText] = useState(olx);
  const save = useSaveOlx();
  const { showToast } = useToastContext();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ key: itemKey, olx: text }, {
      onSuccess: onDone,
      onError: () => showToast('There was an error saving the component.'),
    });
  };
  return (
    <Form onSubmit={submit}>
      <Form.Group controlId="olx">
        <Form.Label>Source (OLX)</Form.Label>
        <Form.Control
          as="textarea"
          rows={14}
          spellCheck={false}
          value={text}
          onChange={(event: ChangeEvent<HTMLTextAreaElement>) => setText(event.target.value)}
        />
      </Form.Group>
      <Stack direction="horizontal" gap={2}>
        <Button type="submit" size="sm" disabled={save.isPending}>Save</Button>
        <Button size="sm" variant="tertiary" onClick={onDone}>Cancel</Button>
      </Stack>
    </Form>
  );
};
