/** The part of the page's address that opens the workspace: `?reviews=` and what to review. */
import {
  startTransition, useCallback, useEffect, useRef, useState,
} from 'react';
import { useSearchParams } from 'react-router-dom';

export const NAME = 'reviews';
/** What else of the address is ours: `reviews-change=` and the like. */
export const partOf = (name: string) => `${NAME}-${name}`;

/** All changes of the library; those that Studio would not publish; those that somebody has selected. */
export const ALL = 'all';
export const BLOCKED = 'blocked';
export const SELECTED = 'selected';
/** One of these; a container's key; or `import-` and an id. */
export type Scope = string;

/** The page's address with this in it for the workspace, or without a scope: with nothing. What is not ours stays. */
export const addressWith = (scope = '', parts: Record<string, string> = {}): URLSearchParams => {
  const address = new URLSearchParams(window.location.search);
  const ours = [...address.keys()].filter((name) => name === NAME || name.startsWith(partOf('')));
  ours.forEach((name) => address.delete(name));
  if (scope) { address.set(NAME, scope); }
  Object.entries(parts).filter(([, value]) => value).forEach(([name, value]) => address.set(partOf(name), value));
  return address;
};

export type OpenReviews = (scope?: Scope, more?: Record<string, string>) => void;

/**
 * The address, whether the workspace is open by it, and the ways to open and close the workspace.
 *
 * Opens on what waits for the person, or with more of its address. Each is a step that "Back" takes back.
 */
export const useReviewsAddress = () => {
  const [routed, setRouted] = useSearchParams();
  // What the router will say in a moment. Studio's page reads its location, and is rendered again when that changes:
  // after ours, and not in one piece.
  const [ahead, setAhead] = useState<{ of: URLSearchParams, params: URLSearchParams }>();
  const params = ahead?.of === routed ? ahead.params : routed;
  // Studio may have gone to another page before somebody clicks on a message.
  const latest = useRef({ routed, setRouted });
  useEffect(() => { latest.current = { routed, setRouted }; });

  const go = useCallback((next: URLSearchParams) => {
    setAhead({ of: latest.current.routed, params: next });
  }, []);
  // In an effect, and not in the handler of a click. There React may give a transition the time of what was rendered
  // long before; after more than five seconds it counts as overdue, and Studio's page is rendered in one piece.
  useEffect(() => {
    if (ahead) { startTransition(() => latest.current.setRouted(ahead.params, { preventScrollReset: true })); }
  }, [ahead]);
  const open: OpenReviews = useCallback((scope = ALL, more = {}) => go(addressWith(scope, more)), [go]);
  const close = useCallback(() => go(addressWith()), [go]);
  return {
    params, isOpen: Boolean(params.get(NAME)), open, close,
  };
};
