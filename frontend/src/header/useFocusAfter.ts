import { useEffect, useRef } from 'react';

/** Closing the reviews gives the focus back to the button. Focus that is already elsewhere on the page stays there. */
export const useFocusAfter = (isOpen: boolean, button: HTMLElement | null) => {
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body) {
      // In a narrow window Studio's header is wider than the page.
      button?.focus({ preventScroll: true });
    }
    wasOpen.current = isOpen;
  }, [isOpen, button]);
};
