/**
 * Whether the panel is open, and on what.
 *
 * Kept outside of React: Studio makes its header anew when a unit or a section is opened, and the panel stays as it is.
 */
import { useSyncExternalStore, type ReactNode } from 'react';

import type { Import, ReviewState } from './data/api';

/** What Studio would not publish. */
export interface Refusal {
  libraryKey: string;
  /** The items that stood in the way; the server names the first hundred. */
  keys: string[];
  unreviewedCount: number;
  changeCount: number;
  /** For how many of those that it named somebody asks for changes. */
  requestedCount: number;
  /** The server's own sentence, where the answer said nothing else. */
  message?: string;
}

/**
 * What is open over the panel: what changed in an item, or all that there is to review in a container or an import.
 *
 * Not kept with the item's card, which is gone from the list when somebody else has reviewed the item meanwhile.
 */
export type PanelDialog = {
  /** Says what was done, where the dialog was opened. */
  say: (sentence: ReactNode) => void;
} & ({ shows: 'difference' | 'contents', key: string, title: string } | { shows: 'import', imported: Import });

export type ItemDialog = Exclude<PanelDialog, { shows: 'import' }>;

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
  /** Only what this import changed is listed. */
  shownImport?: { libraryKey: string, imported: Import };
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
  shownImport: undefined,
  publishes: {},
};

let current = INITIAL_STATE;
const listeners = new Set<() => void>();

/** Which change of each item the person has been shown; see `panel/useSeen`. */
export const seenRecords = new Map<string, number | null>();

export const setPanelState = (change: Partial<PanelState>) => {
  current = { ...current, ...change };
  listeners.forEach((listener) => listener());
};

/** All that awaits review, whatever was looked for before. */
const UNREVIEWED = {
  state: 'unreviewed', isMine: false, text: '', kind: '', shownImport: undefined,
} as const;

export const openPanel = (refusal?: Refusal) => setPanelState({
  isOpen: true,
  takesFocus: true,
  refusal,
  // The list of what stood in the way, where the answer named none of it.
  ...(refusal?.keys.length === 0 && UNREVIEWED),
});
export const closePanel = () => setPanelState({ isOpen: false, refusal: undefined, dialog: undefined });

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
};

export const usePanelState = () => useSyncExternalStore(subscribe, () => current);

/** For what is on every page: it has nothing to do with each letter that is typed in the panel. */
export const useIsPanelOpen = () => useSyncExternalStore(subscribe, () => current.isOpen);
