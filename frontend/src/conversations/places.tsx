/**
 * The places in a change that a conversation can be about. What shows a change marks them with `AtPlace`.
 *
 * Loaded with the workspace, unlike the conversations: once those are there, they give each place its button.
 */
import { createContext, useContext, type ReactNode } from 'react';

import type { PartDifference } from '../data/api';

export interface Place {
  kind: 'line' | 'part' | 'file' | 'child';
  /** The line, the paragraph, the path of the file, or the key of the child. */
  text: string;
  /** Of a line: its number. */
  number?: number;
  /** Of a paragraph: the kind of its part. */
  part?: string;
  /** Of a child. */
  title?: string;
}

export type ShowAt = (place: Place) => ReactNode;

const Shown = createContext<ShowAt | undefined>(undefined);
export const PlacesProvider = Shown.Provider;

/** What conversations put at a place: nothing where they are not installed. */
export const AtPlace = (place: Place) => useContext(Shown)?.(place) ?? null;

/** A paragraph as it is in the new version; empty if it is not there. */
export const newTextOf = ({ runs }: PartDifference['blocks'][number]) => (
  runs.map(({ change, text }) => (change === 'removed' ? '' : text)).join('')
);
