/**
 * Which change of each item the person has in front of them.
 *
 * The lists are loaded anew while somebody reads an item in Studio. What they approve is what was there when the item
 * first came up, so an item that changes under their eyes says so, and counts as seen only once they have said that
 * they saw it. It is remembered as long as the page is open: the same item may be in two lists, come back with another
 * filter, or when the panel was closed to have a look at it.
 */
import { useReducer } from 'react';

import type { Entity } from '../data/api';
import { seenRecords } from '../panelState';

export interface Seen {
  /** The id of the change that was seen first, or acknowledged last. */
  recordOf: (entity: Entity) => number | null;
  /** Whether the item has changed since. */
  isOutdated: (entity: Entity) => boolean;
  acknowledge: (entity: Entity) => void;
}

// Remembers what it is asked about, which is what is shown. That only the first time counts makes it safe to ask while
// rendering, however often React does that.
const recordOf = ({ key, draft_change_log_record_id: record }: Entity) => {
  // What Studio has no key for cannot be told from other such items, and nothing can be done about it here.
  if (key === null) { return record; }
  if (!seenRecords.has(key)) { seenRecords.set(key, record); }
  return seenRecords.get(key)!;
};

const isOutdated = (entity: Entity) => {
  const seen = recordOf(entity);
  const record = entity.draft_change_log_record_id;
  return record !== null && record !== seen;
};

export const useSeen = (): Seen => {
  const [, showAnew] = useReducer((count: number) => count + 1, 0);
  const acknowledge = ({ key, draft_change_log_record_id: record }: Entity) => {
    if (key !== null) { seenRecords.set(key, record); }
    showAnew();
  };
  return { recordOf, isOutdated, acknowledge };
};
