/**
 * What somebody reads before they say what they think of it: loaded when it is opened, and again only if they say so.
 *
 * Not among the keys in `apiHooks`, which any save makes stale: it would become another text under their eyes, and what
 * they say would be about that one.
 */
import { useQuery } from '@tanstack/react-query';

import * as api from './api';
import { options } from './apiHooks';
import { distinct } from './distinct';

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

/** Every change that answers to the query: at most a thousand, and how many there are. */
const useAllChanges = (libraryKey: string, query: api.ChangesQuery) => useQuery({
  ...forReading,
  queryKey: [KEY, 'changes', libraryKey, query],
  queryFn: async () => {
    let entities: api.Entity[] = [];
    let page = 1;
    let answer;
    do {
      // One after the other: only the answer says whether there is a next one.
      answer = await api.getChanges(libraryKey, { // eslint-disable-line no-await-in-loop
        ...query, state: 'all', order: 'state', page, page_size: PAGE_SIZE,
      });
      entities = distinct([...entities, ...answer.results]);
      page += 1;
    } while (page <= answer.num_pages && entities.length < MAX_CONTENTS);
    return { entities: entities.slice(0, MAX_CONTENTS), count: answer.count };
  },
});

/** A container and every unpublished change inside it. */
export const useContents = (libraryKey: string, key: string) => useAllChanges(libraryKey, { inside: key });

/** What a change log changed, as far as it is not published. */
export const useChangeLog = (libraryKey: string, id: number) => useAllChanges(libraryKey, { change_log: id });
