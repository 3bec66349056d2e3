/** The button in Studio's header, on the pages of a library. On every page: keep it small. */
import {
  lazy, Suspense, useEffect, useRef, useState, type ReactNode,
} from 'react';
import { createPortal } from 'react-dom';
import { ErrorBoundary } from '@edx/frontend-platform/react';
import { useToggle } from '@openedx/paragon';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useLocation, useParams } from 'react-router-dom';

import { useLibrary } from '../data/library';
import { selectedKeyOf } from '../host/studio';
import { Translated } from '../i18n/Translated';
import { useReviewsAddress } from '../reviewsAddress';
import { Crashed } from './Crashed';
import { RefusalMessage } from './RefusalMessage';
import { ReviewsButton } from './ReviewsButton';
import './header.css';

// Loaded by those who open it.
const ItemPopover = lazy(async () => ({ default: (await import('../popover')).ItemPopover }));
const Workspace = lazy(async () => ({ default: (await import('../workspace')).Workspace }));

/** Load what a click will open while the pointer is on its way to the button. */
const prepare = (queryClient: QueryClient, libraryKey: string | undefined) => {
  const loading = libraryKey === undefined
    ? import('../popover') : import('../workspace').then(({ prefetchQueue }) => prefetchQueue(queryClient, libraryKey));
  loading.catch(() => {}); // said once it is opened
};

const OnDemand = ({ children }: { children: ReactNode }) => (
  <ErrorBoundary fallbackComponent={<Crashed />}>
    <Suspense fallback={null}>{children}</Suspense>
  </ErrorBoundary>
);

/** Closing the reviews gives the focus back to the button. Focus that is already elsewhere on the page stays there. */
const useFocusAfter = (isOpen: boolean, button: HTMLElement | null) => {
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body) { button?.focus(); }
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
  const { isOpen: isWorkspaceOpen, open: openWorkspace } = useReviewsAddress();
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
      <RefusalMessage />
      {library && isPopoverOpen && (
        <OnDemand>
          <ItemPopover
            key={selectedKey}
            library={library}
            entityKey={selectedKey}
            button={button}
            onClose={closePopover}
          />
        </OnDemand>
      )}
      {isFetched && isWorkspaceOpen && createPortal(
        <OnDemand><Workspace key={libraryKey} libraryKey={libraryKey} /></OnDemand>,
        document.body,
      )}
    </Translated>
  );
};
