/** What the server said when it said no. */
import type { Error as ErrorBody } from './schema';

const responseOf = (error: unknown) => (error as { response?: { status?: number, data?: unknown } } | null)?.response;

/** HTTP's status, 0 if there was no answer at all, as when the network is gone. */
export const statusOf = (error: unknown): number => responseOf(error)?.status ?? 0;

/** Whether the server will say no however often it is asked: not this person, or there is no such thing. */
export const isRefusal = (error: unknown): boolean => [401, 403, 404].includes(statusOf(error));

/** The body, if it is one of ours. */
export const bodyOf = (error: unknown): ErrorBody | undefined => {
  const body = responseOf(error)?.data as Partial<ErrorBody> | null | undefined;
  return typeof body?.code === 'string' && typeof body.detail === 'string' ? body as ErrorBody : undefined;
};

export interface RefusedItem {
  key: string;
  detail: string;
}

/** Which items kept the server from doing something with many, and why. */
export const refusedItemsOf = (error: unknown): RefusedItem[] => (
  (bodyOf(error)?.details?.items as RefusedItem[] | undefined) ?? []
);
