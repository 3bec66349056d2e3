/** “Publish reviewed items”: the button, the question, and what became of a publish that goes on in the background. */
import { useEffect } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, useToggle } from '@openedx/paragon';
import { Publish } from '@openedx/paragon/icons';
import { useQueryClient } from '@tanstack/react-query';

import type { Library } from '../data/api';
import { isOver, refreshReviews, useBackgroundPublish } from '../data/apiHooks';
import { isRefusal } from '../data/errors';
import { refreshStudio } from '../host/studio';
import { setPanelState, usePanelState } from '../panelState';
import { Progress } from './Progress';
import { PublishDialog } from './PublishDialog';
import messages from './messages';

interface Props {
  library: Library;
  /** In a line with other buttons, and only while there is something to publish. */
  isCompact?: boolean;
}

export const PublishReviewed = ({ library, isCompact = false }: Props) => {
  const intl = useIntl();
  const queryClient = useQueryClient();
  const [isAsking, ask, stopAsking] = useToggle(false);
  const { publishes } = usePanelState();
  const publishId = publishes[library.key];
  const { data: publish, error } = useBackgroundPublish(library.key, publishId);
  const isRunning = publishId !== undefined && !isOver(publish) && !isRefusal(error);
  const { reviewed, skipped } = library.counts;

  useEffect(() => {
    if (publish?.state === 'succeeded') {
      refreshReviews(queryClient);
      refreshStudio(queryClient);
    }
  }, [publish?.state, queryClient]);

  const askAnew = () => {
    // By what is reviewed now, not by what was when the panel was opened.
    refreshReviews(queryClient);
    ask();
  };
  const follow = (id: string | undefined) => setPanelState({ publishes: { ...publishes, [library.key]: id } });

  if (isCompact && reviewed === 0 && !publishId) { return null; }
  return (
    <div className={isCompact ? undefined : 'mb-3'}>
      <Button
        iconBefore={Publish}
        size={isCompact ? 'sm' : undefined}
        block={!isCompact}
        disabled={isRunning || reviewed === 0}
        onClick={askAnew}
      >
        {intl.formatMessage(messages.publish, { count: reviewed - skipped })}
      </Button>
      {reviewed === 0 && !publishId && (
        <p className="small mt-1 mb-0">{intl.formatMessage(messages.nothingReviewed)}</p>
      )}
      {publishId && (
        <Progress
          publish={publish}
          error={isOver(publish) ? null : error}
          onClose={isRunning ? undefined : () => follow(undefined)}
        />
      )}
      {isAsking && <PublishDialog library={library} onClose={stopAsking} onStarted={follow} />}
    </div>
  );
};
