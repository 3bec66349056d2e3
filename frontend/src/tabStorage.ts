/**
 * What is kept in this tab: until it is closed, and over a reload, a lost session, or Studio making its header anew.
 *
 * In the browser's session storage, by person: the next one at the same computer finds nothing of it.
 */
import { useMemo, useSyncExternalStore } from 'react';
import { getAuthenticatedUser } from '@edx/frontend-platform/auth';

const nameOf = (name: string) => `sample-plugin-reviews.${getAuthenticatedUser()?.username}.${name}`;

// What a browser does not keep, because it refuses to or is full, lasts as long as the page.
const memory = new Map<string, string>();
const listeners = new Set<() => void>();

export const readTab = (name: string): string => {
  try {
    return memory.get(nameOf(name)) ?? window.sessionStorage.getItem(nameOf(name)) ?? '';
  } catch {
    return '';
  }
};

/** Keep a text under this name. An empty text is as good as none. */
export const writeTab = (name: string, text: string) => {
  try {
    if (text) {
      window.sessionStorage.setItem(nameOf(name), text);
    } else {
      window.sessionStorage.removeItem(nameOf(name));
    }
    memory.delete(nameOf(name));
  } catch {
    memory.set(nameOf(name), text);
  }
  listeners.forEach((listener) => listener());
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
};

export const useTab = (name: string): string => useSyncExternalStore(subscribe, () => readTab(name));

/** Lists of items of a library: those that Studio would not publish, and those that somebody has selected. */
type List = 'blocked' | 'selected';
const listName = (libraryKey: string, list: List) => `${list}.${libraryKey}`;

export const writeKeys = (libraryKey: string, list: List, keys: string[]) => (
  writeTab(listName(libraryKey, list), keys.join(' '))
);

export const useKeys = (libraryKey: string, list: List): string[] => {
  const text = useTab(listName(libraryKey, list));
  return useMemo(() => text.split(' ').filter(Boolean), [text]);
};
