import { useEffect } from 'react';

/**
 * Keep keyboard, mouse and screen readers out of the page below, and do not scroll it.
 *
 * Not before this is shown: the browser computes the style of each element of the page again.
 */
export const useInertPage = (isShown: boolean) => {
  useEffect(() => {
    if (!isShown) { return undefined; }
    const page = document.getElementById('root');
    page?.setAttribute('inert', '');
    document.documentElement.classList.add('sample-plugin-reviews-workspace-open');
    return () => {
      page?.removeAttribute('inert');
      document.documentElement.classList.remove('sample-plugin-reviews-workspace-open');
    };
  }, [isShown]);
};
