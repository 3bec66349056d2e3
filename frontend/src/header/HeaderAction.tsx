/** The button in Studio's header, on the pages of a library. On every page: keep it small. */
import { lazy, Suspense } from 'react';
import { createPortal } from 'react-dom';
import { useParams } from 'react-router-dom';

import { useLibrary } from '../data/apiHooks';
import { statusOf } from '../data/errors';
import { Translated } from '../i18n/Translated';
import { usePanelState } from '../panelState';
import { RefusalMessage } from './RefusalMessage';
import { ReviewsButton } from './ReviewsButton';

// Only who opens the panel loads it.
const ReviewPanel = lazy(async () => ({ default: (await import('../panel')).ReviewPanel }));

export const HeaderAction = () => {
  const { libraryId } = useParams();
  // Studio has other libraries, too: those of old are `library-v1:…`.
  const libraryKey = libraryId?.startsWith('lib:') ? libraryId : undefined;
  const { data: library, error } = useLibrary(libraryKey);
  const { isOpen } = usePanelState();

  // Refused, or the plugin is not installed in this Studio: nothing to offer. Anything else the panel explains.
  const isUnavailable = error !== null && [401, 403, 404].includes(statusOf(error));
  if (libraryKey === undefined || isUnavailable || (!library && !error)) { return null; }
  return (
    <Translated>
      <ReviewsButton unreviewed={library?.counts.unreviewed} />
      <RefusalMessage />
      {isOpen && createPortal(
        <Suspense fallback={null}>
          <ReviewPanel key={libraryKey} libraryKey={libraryKey} />
        </Suspense>,
        document.body,
      )}
    </Translated>
  );
};
