/** The button in Studio's header, on the pages of a library. On every page: keep it small. */
import {
  Suspense, useEffect, useRef, useState, type ReactNode,
} from 'react';
import { createPortal } from 'react-dom';
import { ErrorBoundary } from '@edx/frontend-platform/react';
import { useToggle } from '@openedx/paragon';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useLocation, useParams } from 'react-router-dom';

import { useLibrary } from '../data/library';
import { selectedKeyOf } from '../host/studio';
import { Translated } from '../i18n/Translated';
import { onDemand } from '../onDemand';
import { useReviewsAddress } from '../reviewsAddress';
import { Crashed } from './Crashed';
import { RefusalMessage } from './RefusalMessage';
import { ReviewsButton } from './ReviewsButton';
import './header.css';

// Loaded by those who open it.
const ItemPopover = onDemand(async () => (await import('../popover')).ItemPopover);
const Workspace = onDemand(async () => (await import('../workspace')).Workspace);

/** Load what a click will open while the pointer is on its way to the button. */
const prepare = async (queryClient: QueryClient, libraryKey: string | undefined) => {
  try {
    if (libraryKey === undefined) { return await ItemPopover.load(); }
    const { prefetchQueue } = await import('../workspace');
    return await Promise.all([Workspace.load(), prefetchQueue(queryClient, libraryKey)]);
  } catch {
    return undefined; // said once it is opened
  }
};

const Guarded = ({ children }: { children: ReactNode }) => (
  <ErrorBoundary fallbackComponent={<Crashed />}>
    <Suspense fallback={null}>{children}</Suspense>
  </ErrorBoundary>
);

/** Closing the reviews gives the focus back to the button. Focus that is already elsewhere on the page stays there. */
const useFocusAfter = (isOpen: boolean, button: HTMLElement | null) => {
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body) {
      // In a narrow window Studio's header is wider than the page.
      button?.focus({ preventScroll: true });
    }
    wasOpen.current = isOpen;
  }, [isOpen, button]);
};

export const HeaderAction = () => {
  const { libraryId } = useParams();
  // Studio has other libraries, too: those of old are `library-v1:…`.
  const libraryKey = libraryId?.startsWith('lib:') ? libraryId : undefined;
  const { data: library, isFetched } = useLibrary(libraryKey);
  const queryClient = useQueryClient();
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const {
    params, isOpen: isWorkspaceOpen, open: openWorkspace, close: closeWorkspace,
  } = useReviewsAddress();
  const selectedKey = selectedKeyOf(useLocation().pathname);
  const [isPopoverWanted, , closePopover, togglePopover] = useToggle(false);
  const isPopoverOpen = isPopoverWanted && selectedKey !== undefined && !isWorkspaceOpen;
  useFocusAfter(isPopoverOpen || isWorkspaceOpen, button);
  // Leaving the item, or going on in the workspace, closes it for good: the next one opens with another click.
  const isLeft = selectedKey === undefined || isWorkspaceOpen;
  useEffect(() => { if (isLeft) { closePopover(); } }, [isLeft, closePopover]);

  if (libraryKey === undefined || library === null) { return null; }
  return (
    <Translated>
      {/* Shown after an error, too: the workspace says what is wrong. */}
      {isFetched && (
        <ReviewsButton
          ref={setButton}
          waitsForMe={library?.waits_for_me}
          isOpen={isPopoverOpen || isWorkspaceOpen}
          onClick={() => (selectedKey && library ? togglePopover() : openWorkspace())}
          onApproach={() => prepare(queryClient, selectedKey ? undefined : libraryKey)}
        />
      )}
      <RefusalMessage onShow={openWorkspace} />
      {library && isPopoverOpen && (
        <Guarded>
          <ItemPopover
            key={selectedKey}
            library={library}
            entityKey={selectedKey}
            button={button}
            onOpenReviews={openWorkspace}
            onClose={closePopover}
          />
        </Guarded>
      )}
      {isFetched && isWorkspaceOpen && createPortal(
        <Guarded>
          <Workspace key={libraryKey} libraryKey={libraryKey} params={params} onClose={closeWorkspace} />
        </Guarded>,
        document.body,
      )}
    </Translated>
  );
};
