/** Keyboard shortcuts of the workspace: single letters, which people who use speech or other input can switch off. */
import { useEffect, useRef, useSyncExternalStore } from 'react';

export const SHORTCUTS = ['j', 'k', 'a', 'r', 'u', '?'] as const;
type Shortcut = typeof SHORTCUTS[number];

const NAME = 'sample-plugin-reviews.shortcuts';
const listeners = new Set<() => void>();
let areOnHere: boolean | undefined;

const areOn = () => {
  if (areOnHere === undefined) {
    try {
      areOnHere = window.localStorage.getItem(NAME) !== 'off';
    } catch {
      areOnHere = true; // without storage they are on at each start
    }
  }
  return areOnHere;
};

export const setShortcutsOn = (on: boolean) => {
  areOnHere = on;
  try { window.localStorage.setItem(NAME, on ? 'on' : 'off'); } catch { /* as long as the page is open */ }
  listeners.forEach((listener) => listener());
};

export const useShortcutsOn = () => useSyncExternalStore((listener) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}, areOn);

const isTyping = (target: EventTarget | null) => (
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'))
);

/** Whether a dialog of Paragon's is open over the workspace: its keys are its own. */
const isDialogOpen = () => document.querySelector('.pgn__modal') !== null;

/** Call these functions for these keys, as long as nobody is typing. A key that is held down counts once. */
export const useShortcuts = (actions: Partial<Record<Shortcut, () => void>>) => {
  const current = useRef(actions);
  useEffect(() => { current.current = actions; });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
      const action = current.current[event.key as Shortcut];
      if (!action || !isPlain || !areOn() || isTyping(event.target) || isDialogOpen()) { return; }
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
};
