/** “Publish without review…”: lists what would go live unreviewed, takes a reason, asks once, and does it. */
import {
  useEffect, useId, useRef, useState, type FormEvent,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import {
  Alert, Button, Form, StatefulButton, useToggle,
} from '@openedx/paragon';

import { ErrorMessage, Loading, PublishModal } from '../common';
import type { Library } from '../data/api';
import { bodyOf } from '../data/errors';
import { keyOf } from '../data/keyOf';
import { usePublishUnreviewed, useUnreviewedPreview, type PublishedUnreviewed } from '../data/policy';
import { useTab, writeTab } from '../tabStorage';
import messages from './messages';

/** The unreviewed changes by name, and how many others go with them. */
const Preview = ({ shown }: { shown: PublishedUnreviewed }) => {
  const intl = useIntl();
  const named = shown.published.filter(({ is_unreviewed: isUnreviewed }) => isUnreviewed);
  const more = shown.unreviewed_count - named.length;
  const reviewed = shown.published_count - shown.unreviewed_count;
  if (shown.published_count === 0) { return <p>{intl.formatMessage(messages.bypassNothing)}</p>; }
  return (
    <>
      <h3 className="h4">{intl.formatMessage(messages.bypassUnreviewed, { count: shown.unreviewed_count })}</h3>
      <ul>
        {named.map(({ key, title, change }, index) => (
          <li key={keyOf({ key }, index)} dir="auto">{intl.formatMessage(messages.bypassItem, { title, change })}</li>
        ))}
      </ul>
      {more > 0 && <p className="small">{intl.formatMessage(messages.bypassMore, { count: more })}</p>}
      {reviewed > 0 && (
      <p>{intl.formatMessage(messages.bypassReviewed, {
        count: reviewed, unreviewed: shown.unreviewed_count,
      })}
      </p>
      )}
    </>
  );
};

const BypassDialog = ({ library, onClose }: { library: Library, onClose: () => void }) => {
  const intl = useIntl();
  const formId = useId();
  const preview = useUnreviewedPreview(library.key);
  const publish = usePublishUnreviewed(library.key);
  // Kept until it is on record, like every other text.
  const reasonName = `bypass-reason.${library.key}`;
  const reason = useTab(reasonName);
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const done = useRef<HTMLDivElement>(null);
  const [isMissed, setMissed] = useState(false);
  // What it is since the list was opened.
  const [changed, setChanged] = useState<PublishedUnreviewed>();
  const shown = changed ?? preview.data;
  const result = publish.data && !publish.data.dry_run ? publish.data : undefined;
  const refusal = (bodyOf(publish.error)?.details?.reason as string[] | undefined)?.[0];
  const isInvalid = refusal !== undefined || (isMissed && reason.trim() === '');
  const canPublish = !result && shown !== undefined && shown.published_count > 0;

  useEffect(() => { if (result) { done.current?.focus(); } }, [result]);

  const start = (event: FormEvent) => {
    event.preventDefault();
    if (!canPublish || publish.isPending) { return; }
    setMissed(true);
    if (reason.trim() === '') {
      reasonField.current?.focus();
      return;
    }
    publish.mutateAsync({ shown, reason: reason.trim() }).then((answer) => {
      if (answer.dry_run) {
        setChanged(answer);
      } else {
        writeTab(reasonName, '');
      }
    }, () => {}); // shown below, and the reason stays
  };

  const body = () => {
    if (result) {
      return (
        <div ref={done} tabIndex={-1}>
          <Alert variant="success">
            {intl.formatMessage(messages.bypassDone, {
              count: result.published_count, unreviewed: result.unreviewed_count, id: result.publish_log_id,
            })}
          </Alert>
        </div>
      );
    }
    if (!shown) {
      return preview.error ? <ErrorMessage error={preview.error} onRetry={preview.refetch} /> : <Loading />;
    }
    return (
      <form id={formId} onSubmit={start} noValidate>
        {changed && <Alert variant="warning" className="p-3">{intl.formatMessage(messages.bypassChanged)}</Alert>}
        {publish.error && !refusal && <ErrorMessage error={publish.error} />}
        <Preview shown={shown} />
        {canPublish && (
          <Form.Group size="sm" className="mb-0" isInvalid={isInvalid}>
            <Form.Control
              ref={reasonField}
              as="textarea"
              rows={2}
              dir="auto"
              required
              floatingLabel={intl.formatMessage(messages.bypassReason)}
              value={reason}
              onChange={({ target }: { target: { value: string } }) => writeTab(reasonName, target.value)}
            />
            {isInvalid && (
              <Form.Control.Feedback type="invalid">
                {refusal ?? intl.formatMessage(messages.bypassReasonMissing)}
              </Form.Control.Feedback>
            )}
            <Form.Text>{intl.formatMessage(messages.bypassRecord)}</Form.Text>
          </Form.Group>
        )}
      </form>
    );
  };

  return (
    <PublishModal
      title={intl.formatMessage(messages.bypassTitle)}
      cancelLabel={intl.formatMessage(canPublish ? messages.cancel : messages.close)}
      closeLabel={intl.formatMessage(messages.close)}
      isPending={publish.isPending}
      action={canPublish && (
      <StatefulButton
        type="submit"
        form={formId}
        variant="danger"
        state={publish.isPending ? 'pending' : 'default'}
        labels={{
          default: intl.formatMessage(messages.bypassConfirm, {
            count: shown.published_count, unreviewed: shown.unreviewed_count,
          }),
          pending: intl.formatMessage(messages.bypassPublishing),
        }}
      />
      )}
      onClose={onClose}
    >
      {body()}
    </PublishModal>
  );
};

/** Shown where unreviewed changes are refused. Elsewhere, Studio's own button publishes them. */
export const PublishUnreviewed = ({ library }: { library: Library }) => {
  const intl = useIntl();
  const [isOpen, open, close] = useToggle(false);
  const { may, counts, mode } = library;
  const isOffered = may.manage_policy && may.publish_reviewed && mode === 'required'
    // Some reviewed changes cannot be published as such, because of what they contain.
    && counts.unreviewed + counts.skipped > 0;
  return (
    <>
      {isOffered && (
        <Button size="sm" variant="outline-danger" className="mt-3" aria-haspopup="dialog" onClick={open}>
          {intl.formatMessage(messages.bypass)}
        </Button>
      )}
      {/* Also when it is done, and there is nothing left to publish. */}
      {isOpen && <BypassDialog library={library} onClose={close} />}
    </>
  );
};
