import { useMemo } from 'react';

import { useDebounced } from '../common';
import type { Library, QueueRow } from '../data/api';
import { MAX_ROWS, useQueue } from '../data/queueHooks';
import { BLOCKED, SELECTED, type Scope } from '../reviewsAddress';
import { useKeys } from '../tabStorage';
import { queryOf } from './queryOf';

const NONE: QueueRow[] = [];

// In milliseconds. One's own verdicts are shown at once; the queue is not loaded again after each of them.
const BETWEEN_VERDICTS = 3_000;

/** The rows of this part of the library, as far as they are loaded. */
export const useRowsInScope = (library: Library, scope: Scope) => {
  const blocked = useKeys(library.key, 'blocked');
  const selected = useKeys(library.key, 'selected');
  const named = { [BLOCKED]: blocked, [SELECTED]: selected }[scope];
  // After a reload in another tab, for one, nothing is named: all of it is better than nothing.
  const keys = named?.length ? named : undefined;
  const {
    data, error, refetch, hasNextPage,
  } = useQueue(library.key, queryOf(scope), useDebounced(library.revision, BETWEEN_VERDICTS));
  const rows = useMemo(() => {
    if (!data) { return NONE; }
    const loaded = data.pages.flatMap(({ results }) => results);
    // Pages shift while others work: a row that has moved to the next page is on both.
    const seen = new Set<string>();
    const distinct = loaded.filter(({ key, draft_change_log_record_id: record }, index) => {
      const id = key ?? `${record ?? index}`;
      return !seen.has(id) && seen.add(id);
    });
    return keys ? distinct.filter(({ key }) => key !== null && keys.includes(key)) : distinct;
  }, [data, keys]);
  return {
    rows,
    total: Math.min(data?.pages[0]?.count ?? 0, keys ? rows.length : Infinity),
    isComplete: data !== undefined && (!hasNextPage || rows.length >= MAX_ROWS),
    // What has been loaded before stays.
    error: data ? null : error,
    refetch,
  };
};
