/** The button in Studio's header, on the pages of a library. On every page: keep it small. */
import { lazy, Suspense } from 'react';
import { createPortal } from 'react-dom';
import { ErrorBoundary } from '@edx/frontend-platform/react';
import { useParams, useSearchParams } from 'react-router-dom';

import { useLibrary } from '../data/apiHooks';
import { Translated } from '../i18n/Translated';
import { useIsPanelOpen } from '../panelState';
import { PanelCrashed } from './PanelCrashed';
import { RefusalMessage } from './RefusalMessage';
import { ReviewsButton } from './ReviewsButton';

// Only who opens the panel loads it.
const ReviewPanel = lazy(async () => ({ default: (await import('../panel')).ReviewPanel }));
const Workspace = lazy(async () => ({ default: (await import('../workspace')).Workspace }));

export const HeaderAction = () => {
  const { libraryId } = useParams();
  // Studio has other libraries, too: those of old are `library-v1:…`.
  const libraryKey = libraryId?.startsWith('lib:') ? libraryId : undefined;
  const { data: library, isFetched } = useLibrary(libraryKey);
  const isOpen = useIsPanelOpen();
  // In the address, so that it can be sent to somebody; see workspace/address.ts.
  const isWorkspaceOpen = useSearchParams()[0].has('reviews');

  if (libraryKey === undefined || library === null) { return null; }
  return (
    <Translated>
      {/* An error is no reason to hide: the panel says what is wrong. */}
      {isFetched && (
        <ReviewsButton unreviewed={library?.counts.unreviewed} requested={library?.mine.changes_requested} />
      )}
      <RefusalMessage />
      {isFetched && isWorkspaceOpen && createPortal(
        <ErrorBoundary fallbackComponent={<PanelCrashed />}>
          <Suspense fallback={null}>
            <Workspace key={libraryKey} libraryKey={libraryKey} />
          </Suspense>
        </ErrorBoundary>,
        document.body,
      )}
      {isFetched && isOpen && !isWorkspaceOpen && createPortal(
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
