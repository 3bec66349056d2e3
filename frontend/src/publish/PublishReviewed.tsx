/** “Publish reviewed items”: the button, the question, and what became of a publish that goes on in the background. */
import {
  Suspense, lazy, useEffect, useState,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';
import { Publish } from '@openedx/paragon/icons';
import { useQueryClient } from '@tanstack/react-query';

import type { Import, Library } from '../data/api';
import { isOver, useBackgroundPublish } from '../data/apiHooks';
import { isRefusal } from '../data/errors';
import { refreshReviews } from '../data/library';
import { refreshStudio } from '../host/studio';
import { useTab, writeTab } from '../tabStorage';
import messages from './messages';

// Needed once somebody publishes.
const PublishDialog = lazy(async () => ({ default: (await import('./dialog')).PublishDialog }));
const Progress = lazy(async () => ({ default: (await import('./dialog')).Progress }));

interface Props {
  library: Library;
  /** Only what this import changed. */
  imported?: Import;
}

/** Shown while there is something to publish. */
export const PublishReviewed = ({ library, imported }: Props) => {
  const intl = useIntl();
  const queryClient = useQueryClient();
  // As it was when somebody asked: once it is published, an import is no longer in the list.
  const [asking, ask] = useState<{ imported?: Import }>();
  // Found again after a reload: the publish goes on.
  const publishName = `publish.${library.key}`;
  const publishId = useTab(publishName) || undefined;
  const { data: publish, error } = useBackgroundPublish(library.key, publishId);
  const isRunning = publishId !== undefined && !isOver(publish) && !isRefusal(error);
  const { reviewed, skipped } = imported ? { reviewed: imported.reviewed, skipped: 0 } : library.counts;

  useEffect(() => {
    if (publish?.state === 'succeeded') {
      refreshReviews(queryClient);
      refreshStudio(queryClient);
    }
  }, [publish?.state, queryClient]);

  const askAnew = () => {
    // By what is reviewed now, not by what was half a minute ago.
    refreshReviews(queryClient);
    ask({ imported });
  };
  const follow = (id: string) => writeTab(publishName, id);

  if (reviewed === 0 && !publishId && !asking) { return null; }
  return (
    <div>
      <Button
        iconBefore={Publish}
        size="sm"
        variant={reviewed > skipped ? 'primary' : 'outline-primary'}
        disabled={isRunning || reviewed === 0}
        aria-haspopup="dialog"
        onClick={askAnew}
      >
        {reviewed === 0 || reviewed > skipped
          ? intl.formatMessage(messages.publish, { count: reviewed - skipped })
          : intl.formatMessage(messages.allSkipped, { count: skipped })}
      </Button>
      <Suspense fallback={null}>
        {publishId && (
          <Progress
            publish={publish}
            error={isOver(publish) ? null : error}
            onClose={isRunning ? undefined : () => follow('')}
          />
        )}
        {asking && (
          <PublishDialog
            library={library}
            imported={asking.imported}
            onClose={() => ask(undefined)}
            onStarted={follow}
          />
        )}
      </Suspense>
    </div>
  );
};
