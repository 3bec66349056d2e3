/** The name that learners see of the person in reviews: where the site is on, or there is a name to take back. */
import { useState, type ChangeEvent, type FormEvent } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, Form } from '@openedx/paragon';

import { ErrorMessage } from '../common';
import { useMyName } from './requests';
import messages from './messages';

export const MyName = () => {
  const intl = useIntl();
  const { setting, set } = useMyName();
  // Null until the person types, so that what was saved is shown.
  const [typed, setTyped] = useState<string | null>(null);
  if (!setting?.is_shown_on_site && !setting?.name) { return null; }
  const save = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ name: typed?.trim() || null }, { onSuccess: () => setTyped(null) });
  };
  return (
    <details className="mt-4">
      <summary className="small font-weight-bold">{intl.formatMessage(messages.title)}</summary>
      <Form className="mt-3" style={{ maxWidth: '30rem' }} onSubmit={save}>
        <Form.Group size="sm" className="mb-3" controlId="sample-plugin-reviews-name">
          <Form.Control
            floatingLabel={intl.formatMessage(messages.name)}
            value={typed ?? setting.name ?? ''}
            maxLength={100}
            onChange={({ target }: ChangeEvent<HTMLInputElement>) => setTyped(target.value)}
          />
          <Form.Text>{intl.formatMessage(messages.nameMeans)}</Form.Text>
        </Form.Group>
        <Button type="submit" size="sm" variant="outline-primary" disabled={typed === null || set.isPending}>
          {intl.formatMessage(messages.save)}
        </Button>
        {set.error && <div className="mt-2"><ErrorMessage error={set.error} /></div>}
        <p role="status" className="small mt-2 mb-0">
          {set.isSuccess && typed === null
            && intl.formatMessage(setting.name ? messages.saved : messages.savedNone, { name: setting.name })}
        </p>
      </Form>
    </details>
  );
};
