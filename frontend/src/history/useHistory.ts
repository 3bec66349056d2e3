/** Everything that has happened to an item. Loaded with the history. */
import { useQuery } from '@tanstack/react-query';

import { entityUrl, get } from '../data/client';
import { options, reviewsKeys } from '../data/library';
import type { PaginatedHistoryEntryList } from '../data/schema';

/** Newest first: a hundred entries, which is more than anybody reads. */
export const useHistory = (key: string) => useQuery({
  ...options,
  queryKey: reviewsKeys.history(key),
  queryFn: () => get<PaginatedHistoryEntryList>(`${entityUrl(key, 'history/')}?page_size=100`),
});
