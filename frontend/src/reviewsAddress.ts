/** The part of the page's address that opens the workspace, `?reviews=` and what to review; or My reviews. */
import {
  useCallback, useEffect, useMemo, useRef, useSyncExternalStore,
} from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

export const NAME = 'reviews';
/** What else of the address is ours: `reviews-change=` and the like. */
export const partOf = (name: string) => `${NAME}-${name}`;

/** All changes of the library; those that Studio would not publish; those that somebody has selected. */
export const ALL = 'all';
export const BLOCKED = 'blocked';
export const SELECTED = 'selected';
/** No part of a library, but what concerns the person who looks, in all of them. */
export const MINE = 'mine';
/** One of these; a container's key; or `import-` and an id. */
export type Scope = string;

/** An address with this in it for the workspace, or without a scope: with nothing. What is not ours stays. */
export const addressWith = (
  scope = '',
  parts: Record<string, string> = {},
  search = window.location.search,
): URLSearchParams => {
  const address = new URLSearchParams(search);
  const ours = [...address.keys()].filter((name) => name === NAME || name.startsWith(partOf('')));
  ours.forEach((name) => address.delete(name));
  if (scope) { address.set(NAME, scope); }
  Object.entries(parts).filter(([, value]) => value).forEach(([name, value]) => address.set(partOf(name), value));
  return address;
};

export type OpenReviews = (scope?: Scope, more?: Record<string, string>) => void;

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
};

const currentWith = (params: URLSearchParams) => {
  const { pathname, hash } = window.location;
  const search = params.toString();
  return `${pathname}${search && `?${search}`}${hash}`;
};

/** Put this into the browser's address, as a step that "Back" takes back. The router is not told. */
const push = (params: URLSearchParams) => {
  // The router counts its steps in `idx`: for one back it must find one less.
  const state = { ...window.history.state, idx: (window.history.state?.idx ?? 0) + 1 };
  window.history.pushState(state, '', currentWith(params));
  listeners.forEach((listener) => listener());
};

/**
 * Open what waits for the person, or something else. It is a step that "Back" takes back.
 *
 * Opening is no affair of the router's: Studio's page below reads its location, and would be rendered again.
 */
export const openReviews: OpenReviews = (scope = ALL, more = {}) => push(addressWith(scope, more));

/** Change what is open, without a step. */
export const changeReviews = (scope: Scope, more: Record<string, string>) => {
  window.history.replaceState(window.history.state, '', currentWith(addressWith(scope, more)));
  listeners.forEach((listener) => listener());
};

/** The address, what is open by it, and the way to close that, which is a step, too. */
export const useReviewsAddress = () => {
  // Rendered again when Studio goes to another page.
  const routed = useLocation();
  const navigate = useNavigate();
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const latest = useRef({ routed, navigate });
  useEffect(() => { latest.current = { routed, navigate }; });

  const close = useCallback(() => {
    push(addressWith());
    // A router that found the workspace in the address, after a reload for one, would open it again with the next
    // step of Studio's. Told after the click: in its handler React may take what begins there for overdue, and render
    // Studio's page in one piece.
    if (new URLSearchParams(latest.current.routed.search).has(NAME)) {
      setTimeout(() => latest.current.navigate(
        { search: window.location.search, hash: window.location.hash },
        { replace: true, preventScrollReset: true },
      ), 0);
    }
  }, []);
  const scope: Scope = params.get(NAME) ?? '';
  return { params, scope, close };
};
