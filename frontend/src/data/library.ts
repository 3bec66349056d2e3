/**
 * The library's reviews in numbers, asked for every half minute, and what all our queries have in common.
 *
 * Its `revision` tells the other queries when something has changed: an open page makes one request in half a minute.
 */
import {
  useQuery, useQueryClient, type QueryClient, type QueryKey,
} from '@tanstack/react-query';

import type { QueueQuery } from './api';
import { getLibrary } from './client';
import { isRefusal, statusOf } from './errors';

export const reviewsKeys = {
  all: ['sample-plugin-reviews'] as const,
  mine: () => [...reviewsKeys.all, 'mine'] as const,
  library: (libraryKey: string) => [...reviewsKeys.all, 'library', libraryKey] as const,
  imports: (libraryKey: string) => [...reviewsKeys.all, 'imports', libraryKey] as const,
  queues: (libraryKey: string) => [...reviewsKeys.all, 'queue', libraryKey] as const,
  queue: (libraryKey: string, query: QueueQuery) => [...reviewsKeys.queues(libraryKey), query] as const,
  entity: (key: string) => [...reviewsKeys.all, 'entity', key] as const,
  versions: (versions: string[]) => [...reviewsKeys.all, 'versions', versions] as const,
  history: (key: string) => [...reviewsKeys.all, 'history', key] as const,
  publish: (libraryKey: string, id: string) => [...reviewsKeys.all, 'publish', libraryKey, id] as const,
};

const EVERY_HALF_MINUTE = 30_000;

export const options = {
  // Studio's own queries hold for an hour. What waits for a review changes while one looks away.
  staleTime: 5_000,
  // What the server has refused it will refuse again. Anything else gets a second chance, and then a sentence.
  retry: (failures: number, error: unknown) => failures < 1 && (statusOf(error) === 0 || statusOf(error) >= 500),
};

/** Without a network, a change fails at once and says so. React Query would keep it and send it later. */
export const sending = { networkMode: 'always' } as const;

/** Load all data of the plugin again, as after an edit. */
export const refreshReviews = (queryClient: QueryClient) => (
  queryClient.invalidateQueries({ queryKey: reviewsKeys.all })
);

/**
 * A query for what the header's button depends on. Its data is null if this person may not see the reviews, or if
 * the plugin is not in this Studio.
 *
 * A refusal that comes later is an error, and what was loaded stays: nothing that somebody works with goes away without
 * a word when their session ends.
 */
export const useUnlessRefused = <T>(
  queryKey: QueryKey,
  load: () => Promise<T>,
  more: { staleTime?: number, refetchInterval?: number },
) => {
  const queryClient = useQueryClient();
  return useQuery({
    ...options,
    queryKey,
    queryFn: async () => {
      try {
        return await load();
      } catch (error) {
        if (isRefusal(error) && !queryClient.getQueryData(queryKey)) { return null; }
        throw error;
      }
    },
    ...more,
  });
};

/** The library; null if this person may not see its reviews. */
export const useLibrary = (libraryKey: string) => useUnlessRefused(
  reviewsKeys.library(libraryKey),
  () => getLibrary(libraryKey),
  // Not while the tab is hidden: React Query sees to that.
  { refetchInterval: EVERY_HALF_MINUTE },
);
