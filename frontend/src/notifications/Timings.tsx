/** When the person is told by e-mail about what. Nothing is shown where the server sends no such e-mails. */
import type { ChangeEvent } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Form } from '@openedx/paragon';

import { ErrorMessage } from '../common';
import { useSetTimings, useTimings, type NotificationTimings } from './requests';
import messages from './messages';

type Kind = keyof NotificationTimings;

const KINDS: Kind[] = ['review_requested', 'due_tomorrow', 'changes_requested', 'answered', 'reviewed', 'published'];
const TIMINGS = ['immediately', 'daily', 'off'] as const;

export const Timings = () => {
  const intl = useIntl();
  const { data: timings } = useTimings();
  const set = useSetTimings();
  if (!timings || Object.keys(timings).length === 0) { return null; }
  const shown = set.isPending ? { ...timings, ...set.variables } : timings;
  return (
    <details className="mt-4">
      <summary className="small font-weight-bold">{intl.formatMessage(messages.title)}</summary>
      <div className="mt-3" style={{ maxWidth: '30rem' }}>
        {KINDS.filter((kind) => timings[kind]).map((kind) => (
          <Form.Group key={kind} size="sm" className="mb-3" controlId={`sample-plugin-reviews-timing-${kind}`}>
            <Form.Control
              as="select"
              floatingLabel={intl.formatMessage(messages.kind, { kind })}
              value={shown[kind]}
              onChange={({ target }: ChangeEvent<HTMLSelectElement>) => (
                set.mutate({ [kind]: TIMINGS.find((each) => each === target.value) })
              )}
            >
              {TIMINGS.map((timing) => (
                <option key={timing} value={timing}>{intl.formatMessage(messages.timing, { timing })}</option>
              ))}
            </Form.Control>
          </Form.Group>
        ))}
        {set.error && <ErrorMessage error={set.error} />}
        <p role="status" className="small mb-0">{set.isSuccess && intl.formatMessage(messages.saved)}</p>
      </div>
    </details>
  );
};
