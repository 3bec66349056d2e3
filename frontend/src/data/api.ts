/**
 * The plugin's REST API, as the server describes it: the types in `schema.ts` are made from its OpenAPI schema.
 */
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';

import {
  entityUrl, get, libraryUrl, queryString, url,
} from './client';
import type {
  BackgroundPublish, Difference, Entities, Entity, PaginatedImportList, PaginatedQueueRowList,
  Published, Versions, operations,
} from './schema';

export type {
  BackgroundPublish, ChildDifference, Difference, Entities, Entity, FileDifference, FileVersion, Import, Library,
  MayReview, OlxDifference, PartDifference, PinnedVersion, Published, PublishResult, QueueRow, Review, Version,
} from './schema';

/** Which part of a library's queue to list. */
export type QueueQuery = NonNullable<operations['sample_plugin_reviews_v1_libraries_queue_list']['parameters']['query']>;
export type Queue = PaginatedQueueRowList;

/** From where on one wants to see what changed. */
export type Since = Difference['since'];

/** A change that somebody has looked at, and of what. */
export interface SeenChange {
  key: string;
  recordId: number;
}

export const getQueue = (libraryKey: string, query: QueueQuery) => (
  get<Queue>(`${libraryUrl(libraryKey, 'queue/')}?${queryString({ ...query })}`)
);

/** The imports of which something is not published: a hundred of them, the newest. */
export const getImports = (libraryKey: string) => (
  get<PaginatedImportList>(`${libraryUrl(libraryKey, 'imports/')}?page_size=100`)
);

// The server takes a hundred. So many keys make an address of 9 kB, and web servers stop reading at 4 or 8.
const KEYS_PER_REQUEST = 25;

/** Ask for any number of things by key, in as many requests as that takes. */
const getByKey = async <Result, Missing>(path: string, name: string, keys: string[]) => {
  const starts = keys.flatMap((_, index) => (index % KEYS_PER_REQUEST === 0 ? [index] : []));
  const answers = await Promise.all(starts.map((start) => {
    const query = queryString({ [name]: keys.slice(start, start + KEYS_PER_REQUEST) });
    return get<{ results: Result[], missing: Missing[] }>(`${url(path)}?${query}`);
  }));
  return {
    results: answers.flatMap(({ results }) => results),
    missing: answers.flatMap(({ missing }) => missing),
  };
};

/** What is not found is in `missing`. */
export const getEntities = (keys: string[]): Promise<Entities> => getByKey('entities/', 'key', keys);

/** How far versions, each `{key}@{number}`, are reviewed. What is not found is in `missing`. */
export const getReviewedVersions = (versions: string[]): Promise<Versions> => (
  getByKey('entities/versions/', 'version', versions)
);

/** Fails with a 404 of the code `no_review` if the person never reviewed it, and asks for what changed since. */
export const getDifference = (key: string, since: Since) => (
  get<Difference>(`${entityUrl(key, 'difference/')}?${queryString({ since })}`)
);

/** An image of one version. By the client that is logged in, which an address in `src` would not be. */
export const getImage = async (key: string, version: number, path: string): Promise<Blob> => (
  (await getAuthenticatedHttpClient().get(
    `${entityUrl(key, `versions/${version}/images/`)}?${queryString({ path })}`,
    { responseType: 'blob' },
  )).data
);

/** Fails with a 409 that holds the current state if the change is no longer what the draft shows. */
export const markReviewed = async ({ key, recordId }: SeenChange, note: string): Promise<Entity> => (
  (await getAuthenticatedHttpClient().put(
    entityUrl(key, 'review/'),
    { draft_change_log_record_id: recordId, note },
  )).data
);

/** Request changes, which takes a note. Fails as `markReviewed` does. */
export const requestChanges = async ({ key, recordId }: SeenChange, note: string): Promise<Entity> => (
  (await getAuthenticatedHttpClient().put(
    entityUrl(key, 'review/'),
    { draft_change_log_record_id: recordId, verdict: 'changes_requested', note },
  )).data
);

/** Take back what one has said oneself: that it is reviewed, or that changes are needed. */
export const withdrawReview = async (key: string): Promise<Entity> => (
  (await getAuthenticatedHttpClient().delete(entityUrl(key, 'review/'))).data
);

/** End somebody's request for changes. */
export const dismissRequest = async (key: string, id: number, reason: string): Promise<Entity> => (
  (await getAuthenticatedHttpClient().post(entityUrl(key, `reviews/${id}/dismissal/`), { reason })).data
);

/** Say what “publish reviewed items” would do; with a change log, only about what that log changed. */
export const previewPublish = async (libraryKey: string, changeLogId?: number): Promise<Published> => (
  (await getAuthenticatedHttpClient().post(libraryUrl(libraryKey, 'publish-reviewed/'), {
    dry_run: true, draft_change_log_id: changeLogId,
  })).data
);

/** Publish what is reviewed: the result, or, of a large publish, where it has got to. */
export const publishReviewed = async (
  libraryKey: string,
  changeLogId?: number,
): Promise<Published | BackgroundPublish> => (
  (await getAuthenticatedHttpClient().post(libraryUrl(libraryKey, 'publish-reviewed/'), {
    draft_change_log_id: changeLogId,
  })).data
);

export const getBackgroundPublish = (libraryKey: string, id: string) => (
  get<BackgroundPublish>(libraryUrl(libraryKey, `publish-reviewed/${id}/`))
);

/** Fails if Studio has no preview of this version, or none for this person. */
export const checkPreview = async (address: string): Promise<true> => {
  await getAuthenticatedHttpClient().get(address, { responseType: 'text' });
  return true;
};
