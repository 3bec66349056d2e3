import { useEffect } from 'react';

/**
 * Keep keyboard, mouse and screen readers out of the page below, and do not scroll it.
 *
 * `content-visibility: hidden` does what `inert` does, and more cheaply: the browser leaves the page alone, where with
 * `inert` it computes the style of each of its elements again. Its size stays what it is, or the page would be scrolled
 * to its top. Older browsers know `inert` only.
 */
export const useInertPage = (isShown: boolean) => {
  useEffect(() => {
    const page = document.getElementById('root');
    if (!isShown || !page) { return undefined; }
    const isSupported = window.CSS?.supports?.('content-visibility', 'hidden');
    if (isSupported) {
      page.style.setProperty('contain-intrinsic-size', `${page.scrollWidth}px ${page.scrollHeight}px`);
      page.style.setProperty('content-visibility', 'hidden');
    } else {
      page.setAttribute('inert', '');
    }
    document.documentElement.classList.add('sample-plugin-reviews-fullpage-open');
    return () => {
      page.style.removeProperty('contain-intrinsic-size');
      page.style.removeProperty('content-visibility');
      page.removeAttribute('inert');
      document.documentElement.classList.remove('sample-plugin-reviews-fullpage-open');
    };
  }, [isShown]);
};
