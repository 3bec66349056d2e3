/** What the list knows, for the buttons in its cards; and the ids by which the focus finds them. */
import { createContext } from 'react';

import type { Card } from './dashboard';

export interface Archival {
  cards: Card[];
  archive: (card: Card, isArchived: boolean) => void;
}

/** Undefined where a card is not in our list. */
export const ArchivalContext = createContext<Archival | undefined>(undefined);

const ID = 'sample-plugin-archival';
export const TOGGLE = `${ID}-toggle`;
export const UNDO = `${ID}-undo`;
export const CLOSE = `${ID}-close`;
export const buttonOf = (courseId: string) => `${ID}-${courseId}`;

/** Focus the first of these that is on the page. */
export const focusOn = (...ids: string[]) => ids.map((id) => document.getElementById(id)).find(Boolean)?.focus();
