/** What concerns the person who looks, in all of their libraries: every page of Studio asks for the counts. */
import { get, queryString, url } from './client';
import { reviewsKeys, useUnlessRefused } from './library';
import type { PaginatedMyReviewList, operations } from './schema';

type MyReviewsQuery = NonNullable<operations['sample_plugin_reviews_v1_my_reviews_list']['parameters']['query']>;
export type MyGroup = NonNullable<MyReviewsQuery['group']>;

export const getMyReviews = (query: MyReviewsQuery) => (
  get<PaginatedMyReviewList>(`${url('my-reviews/')}?${queryString({ ...query })}`)
);

const FIVE_MINUTES = 300_000;

/**
 * How many changes concern the person; null if this person may not see any reviews, or this Studio has none.
 *
 * Asked once on a page, and again after five minutes if the person comes back to it: it is about all libraries, so the
 * answer takes the server longer than that about one.
 */
export const useMyCounts = () => useUnlessRefused(
  [...reviewsKeys.mine(), 'counts'],
  () => getMyReviews({ page_size: 1 }),
  { staleTime: FIVE_MINUTES },
);
