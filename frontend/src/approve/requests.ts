/** Approving many changes, in as many requests as that takes. */
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';

import type { SeenChange } from '../data/api';
import { useChange } from '../data/apiHooks';
import { libraryUrl } from '../data/client';
import type { Marked } from '../data/schema';

/** All of them or none; a 409 says what stands in the way of which. */
const markManyReviewed = async (libraryKey: string, seen: SeenChange[], note: string): Promise<Marked> => (
  (await getAuthenticatedHttpClient().post(libraryUrl(libraryKey, 'reviews/'), {
    items: seen.map(({ key, recordId }) => ({ key, draft_change_log_record_id: recordId })),
    note,
  })).data
);

/** Keep with the error how many were marked before it. */
const keepReviewed = (error: unknown, reviewed: number) => { Object.assign(error as object, { reviewed }); };

export const reviewedBefore = (error: unknown): number => (error as { reviewed?: number } | null)?.reviewed ?? 0;

// As many as the server marks at once.
const ITEMS_PER_REQUEST = 1_000;

/** Approve what was seen. An error keeps how many were approved before it. */
export const useMarkManyReviewed = (libraryKey: string) => useChange(
  async ({ seen, note }: { seen: SeenChange[], note: string }) => {
    let reviewed = 0;
    // One after the other: if the first is refused, nothing is approved at all.
    for (let start = 0; start < seen.length; start += ITEMS_PER_REQUEST) {
      const list = seen.slice(start, start + ITEMS_PER_REQUEST);
      try {
        const answer = await markManyReviewed(libraryKey, list, note); // eslint-disable-line no-await-in-loop
        reviewed += answer.reviewed;
      } catch (error) {
        keepReviewed(error, reviewed);
        throw error;
      }
    }
    return { reviewed };
  },
);
