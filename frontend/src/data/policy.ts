/** What the review settings ask the server for, and what they change there. Loaded with them. */
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { refreshStudio } from '../host/studio';
import { useChange } from './apiHooks';
import { get, libraryUrl } from './client';
import {
  options, refreshReviews, reviewsKeys, sending,
} from './library';
import type {
  Library, PaginatedPolicyChangeList, PatchedPolicy, PublishedUnreviewed,
} from './schema';

export type {
  ModeEnum, OpenPeriod, PolicyChange, PublishedUnreviewed, ReviewStartsEnum, WhoMayReviewEnum,
} from './schema';

type Field = 'mode' | 'required_reviewers' | 'who_may_review' | 'review_starts';

/** What is not in it stays as it is; null is the site's default. */
export type PolicyValues = Partial<Pick<PatchedPolicy, Field>>;

/** All of it or nothing. A 400 that names the `reason` asks for one: a rule gets weaker. */
export const useSetPolicy = (libraryKey: string) => useChange(
  async (policy: PolicyValues & { reason: string }): Promise<Library> => (
    (await getAuthenticatedHttpClient().patch(libraryUrl(libraryKey), policy)).data
  ),
);

/** Who has changed the policy, newest first: a hundred changes, which is more than anybody reads. */
export const usePolicyHistory = (libraryKey: string) => useQuery({
  ...options,
  queryKey: [...reviewsKeys.all, 'policy-history', libraryKey],
  queryFn: () => get<PaginatedPolicyChangeList>(`${libraryUrl(libraryKey, 'policy-history/')}?page_size=100`),
});

const publishUrl = (libraryKey: string) => libraryUrl(libraryKey, 'publish-unreviewed/');

const previewUnreviewed = async (libraryKey: string): Promise<PublishedUnreviewed> => (
  (await getAuthenticatedHttpClient().post(publishUrl(libraryKey), { dry_run: true })).data
);

/** What a publish of everything would take live now. Who answers for it decides by it, so it stays as shown. */
export const useUnreviewedPreview = (libraryKey: string) => useQuery({
  ...options,
  queryKey: ['sample-plugin-reviews-unreviewed-preview', libraryKey],
  queryFn: () => previewUnreviewed(libraryKey),
  staleTime: Infinity,
  gcTime: 0,
});

/** Publish what the preview shows. Resolves to another preview, with nothing published, if it has changed since. */
export const usePublishUnreviewed = (libraryKey: string) => {
  const queryClient = useQueryClient();
  return useMutation({
    ...sending,
    mutationFn: async ({ shown, reason }: { shown: PublishedUnreviewed, reason: string }) => {
      const preview = await previewUnreviewed(libraryKey);
      // Also if only a review was given or withdrawn.
      if (JSON.stringify(preview) !== JSON.stringify(shown)) { return preview; }
      const answer = await getAuthenticatedHttpClient().post<PublishedUnreviewed>(publishUrl(libraryKey), { reason });
      return answer.data;
    },
    onSettled: () => {
      refreshStudio(queryClient);
      return refreshReviews(queryClient);
    },
  });
};
