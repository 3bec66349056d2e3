/** Everything that has happened to an item. Loaded with the history. */
import { useQuery } from '@tanstack/react-query';

import { entityUrl, get } from '../data/client';
import { options, reviewsKeys } from '../data/library';
import type { Person, Review } from '../data/schema';

/** Why a publish was allowed, as it was judged when the item went live. */
export interface Judgement {
  basis: 'reviewed' | 'bypassed' | 'not_required' | 'restored' | 'before_plugin' | 'unexplained';
  mode: string;
  required_reviewers: number | null;
  /** Whether this item was not reviewed. */
  unreviewed: boolean;
  reason: string;
  decided_by: Person | null;
  publish_log_id: number;
}

export interface HistoryEntry {
  kind: 'edit' | 'review' | 'publish';
  time: string;
  person: Person | null;
  version_num: number | null;
  is_deletion: boolean;
  /** `replaced`: its reviewer has given another verdict since. */
  review: (Review & { replaced: boolean }) | null;
  judgement: Judgement | null;
}

/** Newest first: a hundred entries, which is more than anybody reads. */
export const useHistory = (key: string) => useQuery({
  ...options,
  queryKey: reviewsKeys.history(key),
  queryFn: () => get<{ count: number, results: HistoryEntry[] }>(`${entityUrl(key, 'history/')}?page_size=100`),
});
