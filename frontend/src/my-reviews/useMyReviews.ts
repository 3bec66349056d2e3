import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

import { statusOf } from '../data/errors';
import { options, reviewsKeys } from '../data/library';
import { getMyReviews, type MyGroup } from '../data/mine';

/** The changes of one group, as many pages as were asked for. While another group loads, there are only the counts. */
export const useMyReviews = (group: MyGroup) => {
  const { data, isPlaceholderData, ...query } = useInfiniteQuery({
    ...options,
    queryKey: [...reviewsKeys.mine(), group],
    queryFn: async ({ pageParam: page }) => {
      try {
        return await getMyReviews({ group, page });
      } catch (error) {
        // The list has become shorter, and this page is gone.
        if (page > 1 && statusOf(error) === 404) { return null; }
        throw error;
      }
    },
    initialPageParam: 1,
    getNextPageParam: (last) => (last && last.current_page < last.num_pages ? last.current_page + 1 : undefined),
    placeholderData: keepPreviousData,
  });
  return {
    ...query,
    first: data?.pages[0],
    rows: isPlaceholderData ? undefined : data?.pages.flatMap((page) => page?.results ?? []),
  };
};
