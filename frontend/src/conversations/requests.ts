/** What conversations ask the server for, and what they change there: an API beside that of the reviews. */
import { getConfig } from '@edx/frontend-platform';
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';

import { get } from '../data/client';
import { getIfInstalled } from '../data/neighbours';
import type {
  Conversation, ConversationLibrary, PaginatedConversationList, Start,
} from '../data/schema';

export type { Comment, Conversation, Start } from '../data/schema';

const url = (path: string) => `${getConfig().STUDIO_BASE_URL}/api/sample-plugin/conversations/v1/${path}`;
const libraryUrl = (libraryKey: string) => url(`libraries/${encodeURIComponent(libraryKey)}/`);
const entityUrl = (key: string, rest = '') => url(`entities/${encodeURIComponent(key)}/conversations/${rest}`);

/** What the library requires of conversations; null if they are not installed. */
export const getRule = (libraryKey: string) => getIfInstalled<ConversationLibrary>(libraryUrl(libraryKey));

export const setRule = async (libraryKey: string, isRequired: boolean): Promise<ConversationLibrary> => (
  (await getAuthenticatedHttpClient().patch(libraryUrl(libraryKey), { resolution_required: isRequired })).data
);

/** All conversations about an item, newest first. One that is left out could be the one that holds up a publish. */
export const getConversations = async (key: string): Promise<Conversation[]> => {
  const all: Conversation[] = [];
  for (let page = 1, next: unknown = true; next; page += 1) {
    // eslint-disable-next-line no-await-in-loop -- a page says whether there is another one
    const answer = await get<PaginatedConversationList>(`${entityUrl(key)}?page_size=100&page=${page}`);
    all.push(...answer.results);
    next = answer.next;
  }
  return all;
};

/** Each resolves to the whole conversation as it is then. */
export const start = async (key: string, body: Start): Promise<Conversation> => (
  (await getAuthenticatedHttpClient().post(entityUrl(key), body)).data
);

export const reply = async (key: string, id: number, body: string): Promise<Conversation> => (
  (await getAuthenticatedHttpClient().post(entityUrl(key, `${id}/comments/`), { body })).data
);

export const edit = async (key: string, id: number, commentId: number, body: string): Promise<Conversation> => (
  (await getAuthenticatedHttpClient().patch(entityUrl(key, `${id}/comments/${commentId}/`), { body })).data
);

export const remove = async (key: string, id: number, commentId: number): Promise<Conversation> => (
  (await getAuthenticatedHttpClient().delete(entityUrl(key, `${id}/comments/${commentId}/`))).data
);

export const resolve = async (key: string, id: number): Promise<Conversation> => (
  (await getAuthenticatedHttpClient().put(entityUrl(key, `${id}/resolution/`))).data
);

export const reopen = async (key: string, id: number): Promise<Conversation> => (
  (await getAuthenticatedHttpClient().delete(entityUrl(key, `${id}/resolution/`))).data
);
