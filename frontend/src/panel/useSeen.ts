/**
 * Which change of each item the person has in front of them.
 *
 * The list is loaded anew while somebody reads an item in Studio. What they approve is what was there when they opened
 * the list, so an item that changes under their eyes says so, and counts as seen only once they have said that they saw
 * it.
 */
import { useCallback, useMemo, useState } from 'react';

import type { Entity } from '../data/api';

export interface Seen {
  /** The id of the change that was seen. */
  recordOf: (entity: Entity) => number | null;
  /** Whether the item has changed since. */
  isOutdated: (entity: Entity) => boolean;
  acknowledge: (entity: Entity) => void;
}

export const useSeen = (entities: Entity[]): Seen => {
  const [records, setRecords] = useState<Map<string | null, number | null>>(new Map());
  const isNew = entities.filter(({ key }) => !records.has(key));
  const remember = useCallback((shown: Entity[]) => setRecords((before) => new Map([
    ...before,
    ...shown.map(({ key, draft_change_log_record_id: record }): [string | null, number | null] => [key, record]),
  ])), []);
  // While rendering, so that there is no moment at which an item is shown and not remembered.
  if (isNew.length) { remember(isNew); }

  return useMemo(() => {
    const recordOf = (entity: Entity) => records.get(entity.key) ?? entity.draft_change_log_record_id;
    return {
      recordOf,
      isOutdated: (entity) => recordOf(entity) !== entity.draft_change_log_record_id,
      acknowledge: (entity) => remember([entity]),
    };
  }, [records, remember]);
};
