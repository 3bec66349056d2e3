/** The part of the page's address that opens the workspace: `?reviews=` and what to review. */
import { useCallback, useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What begins with the same word belongs to us, whatever else the page has in its address. */
export const NAME = 'reviews';

/** All changes of the library; those that Studio would not publish; those that somebody has selected. */
export const ALL = 'all';
export const BLOCKED = 'blocked';
export const SELECTED = 'selected';
/** One of these; a container's key; or `import-` and an id. */
export type Scope = string;

/** Whether the workspace is open, and how to open it: on what waits for the person, or with more of its address. */
export const useReviewsAddress = () => {
  const [params, setParams] = useSearchParams();
  // Studio may have gone to another page before somebody clicks on a message.
  const latest = useRef(setParams);
  useEffect(() => { latest.current = setParams; });
  const open = useCallback((scope: Scope = ALL, more: Record<string, string> = {}) => {
    latest.current((current) => {
      const next = new URLSearchParams(current);
      Object.entries({ ...more, '': scope }).forEach(([part, value]) => next.set(part ? `${NAME}-${part}` : NAME, value));
      return next;
    }, { preventScrollReset: true });
  }, []);
  return { isOpen: Boolean(params.get(NAME)), open };
};
