/** What the review settings ask the server for, and what they change there. Loaded with them. */
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';
import { useQuery } from '@tanstack/react-query';

import { useChange } from './apiHooks';
import { get, libraryUrl } from './client';
import { options, reviewsKeys } from './library';
import type { Library, PaginatedPolicyChangeList, PatchedPolicy } from './schema';

export type {
  ModeEnum, OpenPeriod, PolicyChange, WhoMayReviewEnum,
} from './schema';

/** What is not in it stays as it is; null is the site's default. */
export type PolicyValues = Partial<Pick<PatchedPolicy, 'mode' | 'required_reviewers' | 'who_may_review'>>;

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
