/**
 * See what Studio's own requests bring: a publish that was refused, and edits of a library.
 *
 * Studio shows the same sentence whatever the answer to a publish is. This is how we get to see it.
 */
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';

import { statusOf } from '../data/errors';
import { isLibraryItem, libraryKeyOf } from './studio';

/** What Studio would not publish. */
export interface Refusal {
  libraryKey: string;
  /** The items that stood in the way; the server names the first hundred. */
  keys: string[];
  unreviewedCount: number;
  changeCount: number;
  /** For how many of those that it named a reviewer requests changes. */
  requestedCount: number;
  /** The server's own sentence, where the answer counts no unreviewed changes. */
  message?: string;
}

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

/** The library, a component or a container; whichever it is, Studio's request names it in the path. */
const PUBLISH = /\/api\/libraries\/v2\/([^/]+\/commit|(blocks|containers)\/[^/]+\/publish)\/?$/;

/**
 * The refusal as the standard error handler of edx-drf-extensions writes it, which drops all that is not standard.
 *
 * Any plugin's refusal to publish looks like this. Its sentence says more than Studio's own message.
 */
const standardRefusalOf = (body: any, url: string | undefined): Refusal | undefined => {
  const message = [body?.user_message, body?.detail].find((text) => typeof text === 'string' && text);
  if (!message || typeof body.type !== 'string' || typeof body.title !== 'string' || !PUBLISH.test(url ?? '')) {
    return undefined;
  }
  return {
    libraryKey: '', keys: [], unreviewedCount: 0, changeCount: 0, requestedCount: 0, message,
  };
};

const refusalOf = (error: unknown): Refusal | undefined => {
  const { response, config } = (error ?? {}) as Answer & { response?: { data?: any } };
  const body = response?.data;
  if (statusOf(error) !== 409) { return undefined; }
  if (body?.code === undefined) { return standardRefusalOf(body, config?.url); }
  const isUnresolved = body.code === 'unresolved_conversations';
  const items = isUnresolved ? body.unresolved : body.unreviewed;
  if (!(isUnresolved || body.code === 'unreviewed_changes') || !Array.isArray(items)) { return undefined; }
  const keys: string[] = items.map((item: { key: unknown }) => item.key).filter(isLibraryItem);
  return {
    // What is published together is in one library.
    libraryKey: keys[0] === undefined ? '' : libraryKeyOf(keys[0]),
    keys,
    unreviewedCount: body.unreviewed_count,
    changeCount: body.change_count,
    requestedCount: items.filter((item: { changes_requested?: boolean }) => item.changes_requested).length,
    message: isUnresolved ? body.detail : undefined,
  };
};

/** Have a look at every answer, once for each client. Studio's code gets it as it was. */
const intercept = () => {
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

/** Tell this watcher, and no longer the last one, until the function is called that is returned. */
export const watchStudio = (newWatcher: Watcher) => {
  watcher = newWatcher;
  intercept();
  return () => { if (watcher === newWatcher) { watcher = undefined; } };
};
