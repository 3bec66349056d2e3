/**
 * See what Studio's own requests bring: a publish that was refused, and edits of a library.
 *
 * Studio shows the same sentence whatever the answer to a publish is. This is how we get to see it.
 */
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';

import { statusOf } from '../data/errors';
import type { Refusal } from '../panelState';

interface Watcher {
  onRefused: (refusal: Refusal) => void;
  onEdited: () => void;
}

interface Answer {
  config?: { method?: string, url?: string };
}

let watcher: Watcher | undefined;
const watched = new WeakSet<object>();

const isEdit = ({ config }: Answer) => (
  config?.method !== 'get' && /\/api\/(libraries\/v2|xblock\/v2)\//.test(config?.url ?? '')
);

const refusalOf = (error: unknown): Refusal | undefined => {
  const body = (error as { response?: { data?: any } } | null)?.response?.data;
  if (statusOf(error) !== 409 || body?.code !== 'unreviewed_changes' || !Array.isArray(body.unreviewed)) {
    return undefined;
  }
  return {
    keys: body.unreviewed.map((item: { key: string | null }) => item.key).filter(Boolean),
    unreviewedCount: body.unreviewed_count,
    changeCount: body.change_count,
  };
};

/** Tell this watcher, and no longer the last one. Studio's code gets every answer as it was. */
export const watchStudio = (newWatcher: Watcher) => {
  watcher = newWatcher;
  // Not at the time when env.config.jsx is read: the client does not exist yet then.
  const client = getAuthenticatedHttpClient();
  if (watched.has(client)) { return; }
  watched.add(client);
  client.interceptors.response.use(
    (response: Answer) => {
      if (isEdit(response)) { watcher?.onEdited(); }
      return response;
    },
    (error: unknown) => {
      const refusal = refusalOf(error);
      if (refusal) { watcher?.onRefused(refusal); }
      return Promise.reject(error);
    },
  );
};
