/** The REST API as React queries: one place for their keys, for how long they hold, and for what makes them stale. */
import {
  useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient,
} from '@tanstack/react-query';

import { refreshStudio } from '../host/studio';
import * as api from './api';
import { isRefusal, keepReviewed, statusOf } from './errors';

export const reviewsKeys = {
  all: ['sample-plugin-reviews'] as const,
  library: (libraryKey: string) => [...reviewsKeys.all, 'library', libraryKey] as const,
  changes: (libraryKey: string, query: api.ChangesQuery) => [...reviewsKeys.all, 'changes', libraryKey, query] as const,
  imports: (libraryKey: string) => [...reviewsKeys.all, 'imports', libraryKey] as const,
  queues: (libraryKey: string) => [...reviewsKeys.all, 'queue', libraryKey] as const,
  queue: (libraryKey: string, query: api.QueueQuery) => [...reviewsKeys.queues(libraryKey), query] as const,
  entities: (keys: string[]) => [...reviewsKeys.all, 'entities', keys] as const,
  entity: (key: string) => [...reviewsKeys.all, 'entity', key] as const,
  versions: (versions: string[]) => [...reviewsKeys.all, 'versions', versions] as const,
  history: (key: string) => [...reviewsKeys.all, 'history', key] as const,
  publish: (libraryKey: string, id: string) => [...reviewsKeys.all, 'publish', libraryKey, id] as const,
};

const PAGE_SIZE = 20;
const EVERY_HALF_MINUTE = 30_000;
const EVERY_SECOND = 1_000;

const NO_MORE: Awaited<ReturnType<typeof api.getChanges>> = {
  count: 0, next: null, previous: null, results: [], num_pages: 0, current_page: 0, start: 0,
};

export const options = {
  // Studio's own queries hold for an hour. What waits for a review changes while one looks away.
  staleTime: 5_000,
  // What the server has refused it will refuse again. Anything else gets a second chance, and then a sentence.
  retry: (failures: number, error: unknown) => failures < 1 && (statusOf(error) === 0 || statusOf(error) >= 500),
};

/** Without a network, a change fails at once and says so. React Query would keep it and send it later. */
export const sending = { networkMode: 'always' } as const;

/** Have everything of ours loaded anew, as after an edit. */
export const refreshReviews = (queryClient: QueryClient) => (
  queryClient.invalidateQueries({ queryKey: reviewsKeys.all })
);

/**
 * The library; null if there are no reviews to see: not for this person, or the plugin is not in this Studio.
 *
 * A refusal that comes later is an error, and what was loaded stays: nothing that somebody works with goes away without
 * a word when their session ends.
 */
export const useLibrary = (libraryKey: string | undefined, { isWatched = false } = {}) => {
  const queryClient = useQueryClient();
  const queryKey = reviewsKeys.library(libraryKey ?? '');
  return useQuery({
    ...options,
    queryKey,
    queryFn: async () => {
      try {
        return await api.getLibrary(libraryKey!);
      } catch (error) {
        if (isRefusal(error) && !queryClient.getQueryData(queryKey)) { return null; }
        throw error;
      }
    },
    enabled: libraryKey !== undefined,
    refetchInterval: isWatched && EVERY_HALF_MINUTE,
  });
};

const isSameList = (one: api.ChangesQuery | undefined, other: api.ChangesQuery) => (
  one?.state === other.state && one?.mine === other.mine && one?.change_log === other.change_log
);

/** The changes that answer to the query, page after page. While somebody looks at them, others work on. */
export const useChanges = (libraryKey: string, query: api.ChangesQuery) => useInfiniteQuery({
  ...options,
  queryKey: reviewsKeys.changes(libraryKey, query),
  queryFn: async ({ pageParam: page }) => {
    try {
      return await api.getChanges(libraryKey, { ...query, page, page_size: PAGE_SIZE });
    } catch (error) {
      // So much has been reviewed meanwhile that there is no such page any more.
      if (page > 1 && statusOf(error) === 404) { return NO_MORE; }
      throw error;
    }
  },
  initialPageParam: 1,
  getNextPageParam: ({ current_page: current, num_pages: last }) => (current < last ? current + 1 : undefined),
  // Not under the name of another state: what was unreviewed must not stand there as reviewed.
  placeholderData: (previous, previousQuery) => (
    isSameList(previousQuery?.queryKey[3] as api.ChangesQuery | undefined, query) ? previous : undefined
  ),
  refetchInterval: EVERY_HALF_MINUTE,
});

export const useImports = (libraryKey: string) => useQuery({
  ...options,
  queryKey: reviewsKeys.imports(libraryKey),
  queryFn: () => api.getImports(libraryKey),
  refetchInterval: EVERY_HALF_MINUTE,
});

export const useEntities = (keys: string[]) => useQuery({
  ...options,
  queryKey: reviewsKeys.entities(keys),
  queryFn: () => api.getEntities(keys),
  enabled: keys.length > 0,
  refetchInterval: EVERY_HALF_MINUTE,
});

export const useHistory = (key: string) => useQuery({
  ...options,
  queryKey: reviewsKeys.history(key),
  queryFn: () => api.getReviews(key),
});

/**
 * A change of ours, after which everything is loaded anew: also if it failed, for then we had seen something old.
 *
 * It is under way until that is done, so that no button is there a second time for what has been done already. By then
 * the item may be gone from the list, and callbacks given to `mutate` with it: wait for `mutateAsync`.
 */
const useChange = <Variables, Result>(change: (variables: Variables) => Promise<Result>) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    ...sending,
    onSettled: () => refreshReviews(queryClient),
  });
};

export const useMarkReviewed = () => useChange(
  ({ seen, note }: { seen: api.SeenChange, note: string }) => api.markReviewed(seen, note),
);

export const useRequestChanges = () => useChange(
  ({ seen, note }: { seen: api.SeenChange, note: string }) => api.requestChanges(seen, note),
);

export const useDismissRequest = () => useChange(
  ({ key, id, reason }: { key: string, id: number, reason: string }) => api.dismissRequest(key, id, reason),
);

/** Split into lists that name each entity once, as the server wants them: one may have a draft and pinned versions. */
const eachOnce = (seen: api.SeenChange[]): api.SeenChange[][] => {
  const lists: api.SeenChange[][] = [[]];
  seen.forEach((change) => {
    const list = lists.find((each) => each.every(({ key }) => key !== change.key));
    if (list) { list.push(change); } else { lists.push([change]); }
  });
  return lists;
};

export const useMarkManyReviewed = (libraryKey: string) => useChange(
  async ({ seen, note }: { seen: api.SeenChange[], note: string }) => {
    let reviewed = 0;
    // One after the other: if the first is refused, nothing is marked at all.
    for (const list of eachOnce(seen)) { // eslint-disable-line no-restricted-syntax
      try {
        const answer = await api.markManyReviewed(libraryKey, list, note); // eslint-disable-line no-await-in-loop
        reviewed += answer.reviewed;
      } catch (error) {
        keepReviewed(error, reviewed);
        throw error;
      }
    }
    return { reviewed };
  },
);

export const useMarkChangeLogReviewed = (libraryKey: string) => useChange(
  ({ id, note }: { id: number, note: string }) => api.markChangeLogReviewed(libraryKey, id, note),
);

export const useWithdrawReview = () => useChange(api.withdrawReview);

/** Withdraw one after the other. Resolves to those that could not be. */
export const useWithdrawReviews = () => useChange(async (keys: string[]) => {
  const failed: string[] = [];
  // One at a time: the server answers each with the item's new state, and a hundred at once help nobody.
  for (const key of keys) { // eslint-disable-line no-restricted-syntax
    try {
      await api.withdrawReview(key); // eslint-disable-line no-await-in-loop
    } catch {
      failed.push(key);
    }
  }
  return failed;
});

export const useSetPolicy = (libraryKey: string) => useChange(
  (policy: api.PatchedPolicy) => api.setPolicy(libraryKey, policy),
);

/** What would go live now, of a change log or of everything. Always asked anew: it is what somebody decides by. */
export const usePublishPreview = (libraryKey: string, changeLogId: number | undefined, enabled: boolean) => useQuery({
  ...options,
  queryKey: [...reviewsKeys.library(libraryKey), 'preview', changeLogId],
  queryFn: () => api.previewPublish(libraryKey, changeLogId),
  enabled,
  staleTime: 0,
  gcTime: 0,
});

export const usePublishReviewed = (libraryKey: string, changeLogId?: number) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.publishReviewed(libraryKey, changeLogId),
    onSettled: () => {
      refreshStudio(queryClient);
      return refreshReviews(queryClient);
    },
  });
};

/** Whether a publish in the background has come to its end. */
export const isOver = (publish: api.BackgroundPublish | undefined) => (
  publish?.state === 'succeeded' || publish?.state === 'failed'
);

/** How far a publish in the background is; asked until it is over. */
export const useBackgroundPublish = (libraryKey: string, id: string | undefined) => useQuery({
  ...options,
  queryKey: reviewsKeys.publish(libraryKey, id ?? ''),
  queryFn: () => api.getBackgroundPublish(libraryKey, id!),
  enabled: id !== undefined,
  // It goes on, whether Studio answers now or not.
  refetchInterval: ({ state }) => (isOver(state.data) || isRefusal(state.error) ? false : EVERY_SECOND),
});
