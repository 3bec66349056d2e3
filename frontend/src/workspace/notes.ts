/**
 * What somebody is writing about a change, kept until it is sent.
 *
 * In the browser's session storage: a reload, a lost session or a closed workspace loses nothing, and another person at
 * the same computer finds nothing once the tab is closed. By person and by change: a note about one never ends up with
 * another.
 */
import { useSyncExternalStore } from 'react';
import { getAuthenticatedUser } from '@edx/frontend-platform/auth';

const nameOf = (key: string) => `sample-plugin-reviews.note.${getAuthenticatedUser()?.username}.${key}`;

// Without storage, which a browser may refuse, notes last as long as the page.
const memory = new Map<string, string>();

const read = (key: string): string => {
  try {
    return window.sessionStorage.getItem(nameOf(key)) ?? '';
  } catch {
    return memory.get(nameOf(key)) ?? '';
  }
};

const write = (key: string, text: string) => {
  try {
    if (text) {
      window.sessionStorage.setItem(nameOf(key), text);
    } else {
      window.sessionStorage.removeItem(nameOf(key));
    }
  } catch {
    memory.set(nameOf(key), text);
  }
};

const listeners = new Set<() => void>();

const keep = (key: string, text: string) => {
  write(key, text);
  listeners.forEach((listener) => listener());
};

/** The server has this text now. What was typed since then stays. */
export const forgetNote = (key: string, sent: string) => { if (read(key).trim() === sent) { keep(key, ''); } };

/** Put a text back that is no longer on the server, unless another one is there by now. */
export const restoreNote = (key: string, text: string) => { if (!read(key).trim()) { keep(key, text); } };

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
};

/** The text about this change, and the function that changes it. */
export const useNote = (key: string): [string, (text: string) => void] => [
  useSyncExternalStore(subscribe, () => read(key)),
  (text) => keep(key, text),
];
