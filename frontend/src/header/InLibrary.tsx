/** On the pages of a library, the button opens its reviews, or those of the item that is open in Studio. */
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useToggle } from '@openedx/paragon';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useLocation } from 'react-router-dom';

import { useLibrary } from '../data/library';
import { selectedKeyOf } from '../host/studio';
import { Translated } from '../i18n/Translated';
import { onDemand } from '../onDemand';
import { MINE, openReviews, useReviewsAddress } from '../reviewsAddress';
import { Guarded } from './Guarded';
import { MyReviews } from './MyReviews';
import { RefusalMessage } from './RefusalMessage';
import { ReviewsButton } from './ReviewsButton';
import { useFocusAfter } from './useFocusAfter';

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

export const InLibrary = ({ libraryKey }: { libraryKey: string }) => {
  const { data: library, isFetched } = useLibrary(libraryKey);
  const queryClient = useQueryClient();
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const { params, scope, close } = useReviewsAddress();
  const isPageOpen = scope !== '';
  const selectedKey = selectedKeyOf(useLocation().pathname);
  const [isPopoverWanted, , closePopover, togglePopover] = useToggle(false);
  const isPopoverOpen = isPopoverWanted && selectedKey !== undefined && !isPageOpen;
  useFocusAfter(isPopoverOpen || isPageOpen, button);
  // Leaving the item, or going on in the workspace, closes it for good: the next one opens with another click.
  const isLeft = selectedKey === undefined || isPageOpen;
  useEffect(() => { if (isLeft) { closePopover(); } }, [isLeft, closePopover]);

  if (library === null) { return null; }
  return (
    <Translated>
      {/* Shown after an error, too: the workspace says what is wrong. */}
      {isFetched && (
        <ReviewsButton
          ref={setButton}
          waitsForMe={library?.waits_for_me}
          isOpen={isPopoverOpen || isPageOpen}
          onClick={() => (selectedKey && library ? togglePopover() : openReviews())}
          onApproach={() => prepare(queryClient, selectedKey ? undefined : libraryKey)}
        />
      )}
      <RefusalMessage onShow={openReviews} />
      {library && isPopoverOpen && (
        <Guarded>
          <ItemPopover
            key={selectedKey}
            library={library}
            entityKey={selectedKey}
            button={button}
            onOpenReviews={openReviews}
            onClose={closePopover}
          />
        </Guarded>
      )}
      {isFetched && scope === MINE && <MyReviews params={params} onClose={close} />}
      {isFetched && isPageOpen && scope !== MINE && createPortal(
        <Guarded><Workspace key={libraryKey} libraryKey={libraryKey} params={params} onClose={close} /></Guarded>,
        document.body,
      )}
    </Translated>
  );
};
