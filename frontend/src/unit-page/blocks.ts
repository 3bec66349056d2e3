/** What Studio says of the blocks of a unit, and what of it is of interest here. */
import { createContext } from 'react';

import { isLibraryItem } from '../host/studio';

/** As Studio gives them to the slot. */
export interface XBlock {
  id: string;
  name: string;
  upstreamLink?: {
    upstreamRef?: string | null,
    versionSynced?: number | null,
    versionAvailable?: number | null,
  } | null;
}

/** A block that came from a library. */
export interface LibraryBlock {
  id: string;
  name: string;
  /** The key of the item in the library. */
  key: string;
  /** The version that the course has; null if Studio does not know. */
  synced: number | null;
  /** The library's version, if it is newer. */
  newer: number | null;
}

/** The blocks of the unit. Studio makes the page of its sidebar itself, so it gets them this way. */
export const UnitBlocks = createContext<XBlock[]>([]);

export const libraryBlocks = (xBlocks: XBlock[]): LibraryBlock[] => xBlocks.flatMap(({ id, name, upstreamLink }) => {
  const key = upstreamLink?.upstreamRef;
  if (!isLibraryItem(key)) { return []; }
  const { versionSynced: synced = null, versionAvailable: available = null } = upstreamLink!;
  return [{
    id, name, key, synced, newer: available !== null && available > (synced ?? 0) ? available : null,
  }];
});

/** A version as the REST API writes it. */
export const versionKey = (key: string, version: number) => `${key}@${version}`;

/** All versions that there is something to say of, each once. */
export const versionsOf = (blocks: LibraryBlock[]): string[] => [...new Set(
  blocks.flatMap(({ key, synced, newer }) => [synced, newer]
    .filter((version) => version !== null)
    .map((version) => versionKey(key, version))),
)];
