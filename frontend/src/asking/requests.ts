/** How an author asks for a review, asks again, and withdraws the request; and who can be asked. */
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';
import { useQuery, type UseMutationResult } from '@tanstack/react-query';

import { useChange } from '../data/apiHooks';
import { entityUrl, get, libraryUrl } from '../data/client';
import { options } from '../data/library';
import type { RequestManyReviews, RequestReview, Reviewers } from '../data/schema';

const FIVE_MINUTES = 300_000;

export type Ask = Pick<UseMutationResult<unknown, Error, RequestReview>, 'mutateAsync' | 'isPending' | 'error' | 'reset'>;

const requestUrl = (key: string, rest = '') => entityUrl(key, `review-request/${rest}`);

/** Ask for a review of one item, in place of an earlier request. */
export const useAsk = (key: string) => useChange(
  (request: RequestReview) => getAuthenticatedHttpClient().post(requestUrl(key), request),
);

export const useAskAgain = (key: string) => useChange(
  () => getAuthenticatedHttpClient().post(requestUrl(key, 'again/')),
);

export const useWithdraw = (key: string) => useChange(
  () => getAuthenticatedHttpClient().delete(requestUrl(key)),
);

/** What to ask about: items, a container with its contents, or an import. */
export type Which = Pick<RequestManyReviews, 'keys' | 'inside' | 'change_log'>;

/** All of them or none; a 409 says what stands in the way of which. */
export const useAskForMany = (libraryKey: string, which: Which) => useChange(
  (request: RequestReview) => (
    getAuthenticatedHttpClient().post(libraryUrl(libraryKey, 'review-requests/'), { ...which, ...request })
  ),
);

/** Some of the people who may review. Others can be named all the same, so nothing waits for this. */
export const useReviewers = (libraryKey: string) => useQuery({
  ...options,
  queryKey: ['sample-plugin-reviews-reviewers', libraryKey],
  queryFn: () => get<Reviewers>(libraryUrl(libraryKey, 'reviewers/')),
  staleTime: FIVE_MINUTES,
});
