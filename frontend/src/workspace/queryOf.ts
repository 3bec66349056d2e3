import type { QueueQuery } from '../data/api';
import type { Scope } from '../reviewsAddress';

/** How the server is told which part of the library this is; empty for all of it, and for a list of items. */
export const queryOf = (scope: Scope): Pick<QueueQuery, 'change_log' | 'inside'> => {
  const log = /^import-(\d+)$/.exec(scope);
  if (log) { return { change_log: Number(log[1]) }; }
  return scope.startsWith('lct:') ? { inside: scope } : {};
};
