import { useLayoutEffect } from 'react';

/** Keep keyboard, mouse and screen readers out of the page below, and do not scroll it, until this is unmounted. */
export const useInertPage = () => {
  useLayoutEffect(() => {
    const page = document.getElementById('root');
    page?.setAttribute('inert', '');
    document.documentElement.classList.add('sample-plugin-reviews-workspace-open');
    return () => {
      page?.removeAttribute('inert');
      document.documentElement.classList.remove('sample-plugin-reviews-workspace-open');
    };
  }, []);
};
