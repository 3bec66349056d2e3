/**
 * Whether the panel is open, and on what.
 *
 * Kept outside of React: Studio makes its header anew when a unit or a section is opened, and the panel stays as it is.
 */
import { useSyncExternalStore, type ReactNode } from 'react';

import type { ReviewState } from './data/api';

/** What Studio would not publish. */
export interface Refusal {
  libraryKey: string;
  /** The items that stood in the way; the server names the first hundred. */
  keys: string[];
  unreviewedCount: number;
  changeCount: number;
  /** For how many of those that it named somebody asks for changes. */
  requestedCount: number;
}

/**
 * What is open over the panel: what changed in an item, or all that there is to review in a container.
 *
 * Not kept with the item's card, which is gone from the list when somebody else has reviewed the item meanwhile.
 */
export interface PanelDialog {
  shows: 'difference' | 'contents';
  key: string;
  title: string;
  /** Says what was done, where the dialog was opened. */
  say: (sentence: ReactNode) => void;
}

interface PanelState {
  isOpen: boolean;
  /** Whether whoever opened it should find the keyboard's focus in it. */
  takesFocus: boolean;
  /** Show only what stood in the way of a publish. */
  refusal?: Refusal;
  dialog?: PanelDialog;
  state: ReviewState;
  /** Whether only the changes are listed that the person made. */
  isMine: boolean;
  text: string;
  kind: string;
  /** A publish that goes on in the background, by library. */
  publishes: Record<string, string | undefined>;
}

export const INITIAL_STATE: PanelState = {
  isOpen: false,
  takesFocus: false,
  refusal: undefined,
  dialog: undefined,
  state: 'unreviewed',
  isMine: false,
  text: '',
  kind: '',
  publishes: {},
};

let current = INITIAL_STATE;
const listeners = new Set<() => void>();

/** Which change of each item the person has been shown; see `panel/useSeen`. */
export const seenRecords = new Map<string | null, number | null>();

export const setPanelState = (change: Partial<PanelState>) => {
  current = { ...current, ...change };
  listeners.forEach((listener) => listener());
};

export const openPanel = (refusal?: Refusal) => setPanelState({ isOpen: true, takesFocus: true, refusal });
export const closePanel = () => setPanelState({ isOpen: false, refusal: undefined, dialog: undefined });

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
};

export const usePanelState = () => useSyncExternalStore(subscribe, () => current);

/** For what is on every page: it has nothing to do with each letter that is typed in the panel. */
export const useIsPanelOpen = () => useSyncExternalStore(subscribe, () => current.isOpen);
