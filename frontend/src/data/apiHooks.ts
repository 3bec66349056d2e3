/** What a page of reviews asks the server for when it is opened, and what it changes there. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { refreshStudio } from '../host/studio';
import * as api from './api';
import { compare } from './compare';
import { isRefusal } from './errors';
import {
  options, refreshReviews, reviewsKeys, sending,
} from './library';

const EVERY_SECOND = 1_000;

/**
 * A change of ours, after which everything is loaded anew: also if it failed, for then we had seen something old.
 *
 * It is under way until that is done, so that no button is there a second time for what has been done already. By then
 * the item may be gone from the list, and callbacks given to `mutate` with it: wait for `mutateAsync`.
 */
export const useChange = <Variables, Result>(change: (variables: Variables) => Promise<Result>) => {
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

export const useDismissRequest = () => useChange(
  ({ key, id, reason }: { key: string, id: number, reason: string }) => api.dismissRequest(key, id, reason),
);

/** What a publish would take live, of a change log or of everything. Publishers decide by it, so it stays as shown. */
export const usePublishPreview = (libraryKey: string, changeLogId: number | undefined) => useQuery({
  ...options,
  queryKey: ['sample-plugin-reviews-publish-preview', libraryKey, changeLogId],
  queryFn: () => api.previewPublish(libraryKey, changeLogId),
  staleTime: Infinity,
  gcTime: 0,
});

/** Publish what the preview shows. Resolves to another preview, with nothing published, if it has changed since. */
export const usePublishReviewed = (libraryKey: string, changeLogId?: number) => {
  const queryClient = useQueryClient();
  return useMutation({
    ...sending,
    mutationFn: async (shown: api.Published) => {
      const preview = await api.previewPublish(libraryKey, changeLogId);
      return compare(shown, preview) ? preview : api.publishReviewed(libraryKey, changeLogId);
    },
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
