/** The button in Studio's header, on the pages of a library. On every page: keep it small. */
import { lazy, Suspense } from 'react';
import { createPortal } from 'react-dom';
import { ErrorBoundary } from '@edx/frontend-platform/react';
import { useParams } from 'react-router-dom';

import { useLibrary } from '../data/apiHooks';
import { Translated } from '../i18n/Translated';
import { useIsPanelOpen } from '../panelState';
import { PanelCrashed } from './PanelCrashed';
import { RefusalMessage } from './RefusalMessage';
import { ReviewsButton } from './ReviewsButton';

// Only who opens the panel loads it.
const ReviewPanel = lazy(async () => ({ default: (await import('../panel')).ReviewPanel }));

export const HeaderAction = () => {
  const { libraryId } = useParams();
  // Studio has other libraries, too: those of old are `library-v1:…`.
  const libraryKey = libraryId?.startsWith('lib:') ? libraryId : undefined;
  const { data: library, isFetched } = useLibrary(libraryKey);
  const isOpen = useIsPanelOpen();

  if (libraryKey === undefined || library === null) { return null; }
  return (
    <Translated>
      {/* An error is no reason to hide: the panel says what is wrong. */}
      {isFetched && (
        <ReviewsButton unreviewed={library?.counts.unreviewed} requested={library?.mine.changes_requested} />
      )}
      <RefusalMessage />
      {isFetched && isOpen && createPortal(
        <ErrorBoundary fallbackComponent={<PanelCrashed />}>
          <Suspense fallback={null}>
            <ReviewPanel key={libraryKey} libraryKey={libraryKey} />
          </Suspense>
        </ErrorBoundary>,
        document.body,
      )}
    </Translated>
  );
};
