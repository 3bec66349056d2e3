/**
 * Which change of each item the person has in front of them.
 *
 * The lists are loaded anew while somebody reads an item in Studio. What they approve is what was there when the item
 * first came up, so an item that changes under their eyes says so, and counts as seen only once they have said that
 * they saw it. One for the whole panel: the same item may be in two lists, and come back with another filter.
 */
import { useReducer, useRef } from 'react';

import type { Entity } from '../data/api';

export interface Seen {
  /** The id of the change that was seen first, or acknowledged last. */
  recordOf: (entity: Entity) => number | null;
  /** Whether the item has changed since. */
  isOutdated: (entity: Entity) => boolean;
  acknowledge: (entity: Entity) => void;
}

export const useSeen = (): Seen => {
  const records = useRef(new Map<string | null, number>());
  const [, showAnew] = useReducer((count: number) => count + 1, 0);

  // Remembers what it is asked about, which is what is shown. That only the first time counts makes it safe to ask
  // while rendering, however often React does that.
  const recordOf = ({ key, draft_change_log_record_id: record }: Entity) => {
    if (record !== null && !records.current.has(key)) { records.current.set(key, record); }
    return records.current.get(key) ?? record;
  };
  return {
    recordOf,
    isOutdated: (entity) => entity.draft_change_log_record_id !== null
      && recordOf(entity) !== entity.draft_change_log_record_id,
    acknowledge: ({ key, draft_change_log_record_id: record }) => {
      if (record !== null) { records.current.set(key, record); }
      showAnew();
    },
  };
};
