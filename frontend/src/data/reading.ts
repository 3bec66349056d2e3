/**
 * What somebody reads before they say what they think of it: loaded when it is opened, and again only if they say so.
 *
 * Not among the keys in `apiHooks`, which any save makes stale: it would become another text under their eyes, and what
 * they say would be about that one.
 */
import { useQuery } from '@tanstack/react-query';

import * as api from './api';
import { options } from './apiHooks';

const KEY = 'sample-plugin-reviews-reading';
const PAGE_SIZE = 100;
/** As many as the server marks at once. */
const MAX_CONTENTS = 1_000;

const forReading = { ...options, staleTime: Infinity, gcTime: 0 };

export const useDifference = (key: string, since: api.Since) => useQuery({
  ...forReading,
  queryKey: [KEY, 'difference', key, since],
  queryFn: () => api.getDifference(key, since),
});

export const useImage = (key: string, version: number, path: string, isWanted: boolean) => useQuery({
  ...forReading,
  queryKey: [KEY, 'image', key, version, path],
  queryFn: () => api.getImage(key, version, path),
  enabled: isWanted,
});

/** A container and every unpublished change inside it: at most a thousand, and how many there are. */
export const useContents = (libraryKey: string, key: string) => useQuery({
  ...forReading,
  queryKey: [KEY, 'contents', key],
  queryFn: async () => {
    const byKey = new Map<string, api.Entity>();
    let page = 1;
    let answer;
    do {
      // One after the other: only the answer says whether there is a next one.
      answer = await api.getChanges(libraryKey, { // eslint-disable-line no-await-in-loop
        inside: key, state: 'all', order: 'state', page, page_size: PAGE_SIZE,
      });
      // Pages shift while others work, and an item may be on two of them.
      answer.results.forEach((entity) => byKey.set(entity.key ?? entity.title, entity));
      page += 1;
    } while (page <= answer.num_pages && byKey.size < MAX_CONTENTS);
    return { entities: [...byKey.values()].slice(0, MAX_CONTENTS), count: answer.count };
  },
});
