/** Says what will go live and what stays, asks once, and does that: if it has changed meanwhile, it asks again. */
import { useEffect, useRef, useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Alert, StatefulButton } from '@openedx/paragon';

import { ErrorMessage, Loading, PublishModal } from '../../common';
import type { Import, Library, Published } from '../../data/api';
import { usePublishPreview, usePublishReviewed } from '../../data/apiHooks';
import { compare } from '../../data/compare';
import { Differences, Preview, Skipped } from './Preview';
import messages from './messages';

interface Props {
  library: Library;
  /** Only what this import changed. */
  imported?: Import;
  onClose: () => void;
  /** Called with the id of a publish that goes on in the background. */
  onStarted: (id: string) => void;
}

export const PublishDialog = ({
  library, imported, onClose, onStarted,
}: Props) => {
  const intl = useIntl();
  const changeLogId = imported?.draft_change_log_id;
  const publish = usePublishReviewed(library.key, changeLogId);
  const preview = usePublishPreview(library.key, changeLogId);
  // What was shown before, and what is the case since.
  const [changed, setChanged] = useState<{ before: Published, after: Published }>();
  const shown = changed?.after ?? preview.data;
  const result = publish.data && 'published_count' in publish.data && !publish.data.dry_run ? publish.data : undefined;
  const isAsking = !result && !publish.error;
  const done = useRef<HTMLDivElement>(null);
  useEffect(() => { if (result) { done.current?.focus(); } }, [result]);

  const start = () => {
    publish.mutateAsync(shown!).then((answer) => {
      if (!('published_count' in answer)) {
        onStarted(answer.id);
        onClose();
      } else if (answer.dry_run) {
        setChanged({ before: shown!, after: answer });
      }
    }, () => {}); // shown below
  };

  const body = () => {
    if (publish.error) {
      return <ErrorMessage error={publish.error} />;
    }
    if (result) {
      return (
        <div ref={done} tabIndex={-1}>
          <Alert variant="success">
            {intl.formatMessage(messages.published, { count: result.published_count, skipped: result.skipped_count })}
          </Alert>
          <Differences changes={compare(shown!, result)} isDone />
          <Skipped result={result} onOpen={onClose} />
        </div>
      );
    }
    if (!shown) {
      return preview.error ? <ErrorMessage error={preview.error} onRetry={preview.refetch} /> : <Loading />;
    }
    return (
      <>
        <Differences changes={changed && compare(changed.before, changed.after)} />
        <Preview
          result={shown}
          unreviewed={(imported ?? library.counts).unreviewed}
          mode={library.mode}
          onOpen={onClose}
        />
      </>
    );
  };

  return (
    <PublishModal
      title={intl.formatMessage(messages.title)}
      cancelLabel={intl.formatMessage(isAsking ? messages.cancel : messages.close)}
      closeLabel={intl.formatMessage(messages.close)}
      isPending={publish.isPending}
      action={isAsking && !!shown?.published_count && (
      <StatefulButton
        state={publish.isPending ? 'pending' : 'default'}
        labels={{
          default: intl.formatMessage(messages.confirm, { count: shown.published_count }),
          pending: intl.formatMessage(messages.publishing),
        }}
        onClick={start}
      />
      )}
      onClose={onClose}
    >
      {body()}
    </PublishModal>
  );
};
