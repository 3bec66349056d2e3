/** Says why Studio's own publish was refused, where Studio itself says only that there was an error. */
import { useEffect, useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Toast } from '@openedx/paragon';
import { useQueryClient } from '@tanstack/react-query';

import { refreshReviews } from '../data/library';
import { showStudioToast } from '../host/studio';
import { watchStudio, type Refusal } from '../host/watchStudio';
import { ALL, BLOCKED, type OpenReviews } from '../reviewsAddress';
import { writeKeys } from '../tabStorage';
import messages from './messages';

const LONG_ENOUGH_TO_READ = 10_000; // milliseconds

export const RefusalMessage = ({ onShow }: { onShow: OpenReviews }) => {
  const intl = useIntl();
  const queryClient = useQueryClient();
  const [said, setSaid] = useState<{ refusal: Refusal, time: number }>();
  const [shown, setShown] = useState<Refusal>();
  const say = ({
    unreviewedCount, changeCount, requestedCount, message,
  }: Refusal) => (
    message ?? intl.formatMessage(messages.refused, {
      unreviewed: unreviewedCount, total: changeCount, requested: requestedCount,
    })
  );
  const label = intl.formatMessage(messages.showRefused);
  const showMissing = ({ libraryKey, keys }: Refusal) => {
    writeKeys(libraryKey, 'blocked', keys);
    // Everything, where the answer named nothing that stood in the way.
    onShow(keys.length > 0 ? BLOCKED : ALL, { whose: 'all' });
  };

  useEffect(() => {
    if (!said) { return undefined; }
    const timer = setTimeout(() => setSaid(undefined), LONG_ENOUGH_TO_READ);
    return () => clearTimeout(timer);
  }, [said]);

  useEffect(() => watchStudio({
    onEdited: () => { refreshReviews(queryClient); },
    onRefused: (refusal) => {
      refreshReviews(queryClient);
      // Studio shows its own message when it has handled the error, which is before any timer.
      setTimeout(async () => {
        const isShown = await showStudioToast(say(refusal), { label, onClick: () => showMissing(refusal) });
        if (isShown) {
          setSaid({ refusal, time: Date.now() });
        } else {
          setShown(refusal);
        }
      }, 0);
    },
  }));

  return (
    <>
      {/* Studio hides its toasts from screen readers. A new element each time: the same text is not said again. */}
      {said && <p role="alert" className="sr-only" key={said.time}>{say(said.refusal)}</p>}
      <Toast
        show={shown !== undefined}
        delay={LONG_ENOUGH_TO_READ}
        onClose={() => setShown(undefined)}
        closeLabel={intl.formatMessage(messages.close)}
        action={{ label, onClick: () => shown && showMissing(shown) }}
      >
        {shown ? say(shown) : ''}
      </Toast>
    </>
  );
};
