/** What the server said when it said no. */
import type { Entity, Error as ErrorBody } from './schema';

/** HTTP's status, 0 if there was no answer at all, as when the network is gone. */
export const statusOf = (error: unknown): number => (
  (error as { response?: { status?: number } } | null)?.response?.status
  // The platform's HTTP client keeps the status of some errors here, without the response.
  ?? (error as { customAttributes?: { httpErrorStatus?: number } } | null)?.customAttributes?.httpErrorStatus
  ?? 0
);

/** The body, if it is one of ours. */
export const bodyOf = (error: unknown): ErrorBody | undefined => {
  const body = (error as { response?: { data?: Partial<ErrorBody> } } | null)?.response?.data;
  return typeof body?.code === 'string' && typeof body.detail === 'string' ? body as ErrorBody : undefined;
};

/** What the draft is now, if a change was reviewed that it no longer shows. */
export const currentOf = (error: unknown): Entity | undefined => (
  statusOf(error) === 409 ? bodyOf(error)?.details?.current as Entity | undefined : undefined
);
