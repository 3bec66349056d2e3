/** What the workspace asks the server for, and what it does there. */
import { useEffect, useRef } from 'react';
import {
  infiniteQueryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient,
  type InfiniteData, type QueryClient, type QueryKey,
} from '@tanstack/react-query';

import * as api from './api';
import { statusOf } from './errors';
import { options, reviewsKeys, sending } from './library';
import { isMe, isOwn } from './own';

/** The largest number of rows that is loaded: a reviewer does not get through more in one sitting. */
export const MAX_ROWS = 5_000;
const PAGE_SIZE = 500;
const FIVE_MINUTES = 300_000;

const NO_MORE: api.Queue = {
  count: 0, next: null, previous: null, results: [], num_pages: 0, current_page: 0, start: 0,
};

/** Load a query again when the polled library has another `revision`. Not while it loads for the first time. */
const useReloading = (queryKey: QueryKey, revision: string | undefined) => {
  const queryClient = useQueryClient();
  const name = JSON.stringify(queryKey);
  const isFirst = useRef(true);
  useEffect(() => {
    const { data, dataUpdatedAt = 0 } = queryClient.getQueryState(queryKey) ?? {};
    // Loaded just now, before this was opened.
    const isFresh = isFirst.current && Date.now() - dataUpdatedAt < options.staleTime;
    isFirst.current = false;
    if (revision !== undefined && data !== undefined && !isFresh) {
      queryClient.invalidateQueries({ queryKey, exact: true });
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key is made anew at each rendering
  }, [revision, name, queryClient]);
};

const queueOptions = (libraryKey: string, scope: api.QueueQuery) => infiniteQueryOptions({
  ...options,
  queryKey: reviewsKeys.queue(libraryKey, scope),
  queryFn: async ({ pageParam: page }) => {
    try {
      return await api.getQueue(libraryKey, { ...scope, page, page_size: PAGE_SIZE });
    } catch (error) {
      // A publish has made the queue shorter, and this page is gone.
      if (page > 1 && statusOf(error) === 404) { return NO_MORE; }
      throw error;
    }
  },
  initialPageParam: 1,
  getNextPageParam: ({ current_page: current, num_pages: last }) => (
    current < last && current * PAGE_SIZE < MAX_ROWS ? current + 1 : undefined
  ),
});

/** Load the first page of the library's queue, for a reviewer who is about to open it. */
export const prefetchQueue = (queryClient: QueryClient, libraryKey: string) => (
  queryClient.prefetchInfiniteQuery(queueOptions(libraryKey, {}))
);

/** The changes to review, page after page until all are there. A new `revision` loads them again. */
export const useQueue = (libraryKey: string, scope: api.QueueQuery, revision: string | undefined) => {
  const query = useInfiniteQuery({ ...queueOptions(libraryKey, scope), staleTime: Infinity });
  const { hasNextPage, isFetching, fetchNextPage } = query;
  useEffect(() => { if (hasNextPage && !isFetching) { fetchNextPage(); } }, [hasNextPage, isFetching, fetchNextPage]);

  useReloading(reviewsKeys.queue(libraryKey, scope), revision);
  return query;
};

const entityOptions = (key: string) => ({
  ...options,
  queryKey: reviewsKeys.entity(key),
  queryFn: async () => {
    const { results: [entity] } = await api.getEntities([key]);
    return entity ?? null;
  },
  gcTime: FIVE_MINUTES,
});

/** The item with its reviews; null if it does not exist, undefined without a key. A new `revision` loads it again. */
export const useEntity = (key: string | undefined, revision: string | undefined) => {
  const query = useQuery({ ...entityOptions(key ?? ''), staleTime: Infinity, enabled: key !== undefined });
  useReloading(reviewsKeys.entity(key ?? ''), revision);
  return query;
};

/** The imports of which something is not published. A new `revision` loads them again. */
export const useImports = (libraryKey: string, revision: string | undefined) => {
  const queryKey = reviewsKeys.imports(libraryKey);
  const query = useQuery({
    ...options, staleTime: Infinity, queryKey, queryFn: () => api.getImports(libraryKey),
  });
  useReloading(queryKey, revision);
  return query;
};

const differenceOptions = (key: string, recordId: number | null, since: api.Since) => ({
  ...options,
  queryKey: ['sample-plugin-reviews-difference', key, recordId, since],
  queryFn: () => api.getDifference(key, since),
  // The difference stays as the reviewer reads it: another draft has another key.
  staleTime: Infinity,
  gcTime: FIVE_MINUTES,
});

/** What changed up to this draft change. Show it only if its answer names the same change. */
export const useDifferenceOf = (key: string, recordId: number | null, since: api.Since) => (
  useQuery(differenceOptions(key, recordId, since))
);

/** An image of one version, which never changes. */
export const useImage = (key: string, version: number, path: string, isWanted: boolean) => useQuery({
  ...options,
  queryKey: ['sample-plugin-reviews-image', key, version, path],
  queryFn: () => api.getImage(key, version, path),
  staleTime: Infinity,
  gcTime: 0,
  enabled: isWanted,
});

/** Load what will be looked at next, so that it is there at once. */
export const usePrefetch = (row: api.QueueRow | undefined, since: api.Since) => {
  const queryClient = useQueryClient();
  const { key = null, draft_change_log_record_id: recordId = null } = row ?? {};
  useEffect(() => {
    if (key === null) { return; }
    queryClient.prefetchQuery({ ...entityOptions(key), staleTime: Infinity });
    queryClient.prefetchQuery(differenceOptions(key, recordId, since));
  }, [key, recordId, since, queryClient]);
};

/** The row as it is after a verdict that the server has answered with the item's new state. */
const rowAfter = (row: api.QueueRow, entity: api.Entity): api.QueueRow => {
  const isRequested = entity.requests.length > 0;
  const unsettled = entity.is_in_progress ? 'in_progress' : 'unreviewed';
  const unrequested = entity.is_reviewed ? 'reviewed' : unsettled;
  const state = isRequested ? 'changes_requested' : unrequested;
  const verdict = [...entity.requests, ...entity.reviews].find(isOwn)?.verdict ?? null;
  const awaited = entity.review_request?.awaited ?? [];
  const isAsked = awaited.length === 0 || awaited.some(isMe);
  const waitsForReview = state === 'unreviewed' && verdict === null && entity.may_review.allowed && isAsked;
  const waitsForAnswer = isRequested && row.is_mine;
  return {
    ...row,
    state,
    my_verdict: verdict,
    review_count: entity.reviewer_count,
    is_outdated: entity.is_outdated,
    review_request: entity.review_request,
    waits_for_me: waitsForReview ? 'review' : (waitsForAnswer && 'answer') || null,
  };
};

const showAtOnce = (queryClient: QueryClient, libraryKey: string, entity: api.Entity) => {
  queryClient.setQueryData(reviewsKeys.entity(entity.key!), entity);
  const update = (queue: InfiniteData<api.Queue> | undefined) => queue && ({
    ...queue,
    pages: queue.pages.map((page) => ({
      ...page,
      results: page.results.map((row) => (row.key === entity.key ? rowAfter(row, entity) : row)),
    })),
  });
  queryClient.setQueriesData({ queryKey: reviewsKeys.queues(libraryKey) }, update);
};

export type Verdict = 'reviewed' | 'changes_requested' | 'withdrawn';

export interface GivenVerdict {
  verdict: Verdict;
  seen: api.SeenChange;
  note: string;
}

const give = ({ verdict, seen, note }: GivenVerdict) => {
  if (verdict === 'withdrawn') { return api.withdrawReview(seen.key); }
  return verdict === 'reviewed' ? api.markReviewed(seen, note) : api.requestChanges(seen, note);
};

/** Give or withdraw a verdict. The queue shows it at once, and what the server knows soon after. */
export const useGiveVerdict = (libraryKey: string) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: give,
    ...sending,
    onSuccess: (entity) => showAtOnce(queryClient, libraryKey, entity),
    onSettled: (_entity, _error, { seen: { key } }) => {
      queryClient.invalidateQueries({ queryKey: reviewsKeys.library(libraryKey) });
      queryClient.invalidateQueries({ queryKey: reviewsKeys.entity(key) });
      queryClient.invalidateQueries({ queryKey: reviewsKeys.history(key) });
      queryClient.invalidateQueries({ queryKey: reviewsKeys.mine() });
    },
  });
};
