/** The conversations that are loaded. A comment renews its own conversation, and nothing is asked for meanwhile. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { options, sending } from '../data/library';
import * as requests from './requests';
import type { Conversation } from './requests';

const NAME = 'sample-plugin-conversations';
const ruleKey = (libraryKey: string) => [NAME, 'rule', libraryKey];

/**
 * What the library requires; null if conversations are not installed, which is asked once for each page of Studio.
 *
 * Where it `isDecided`, others may have decided it meanwhile.
 */
export const useRule = (libraryKey: string, { isDecided = false } = {}) => useQuery({
  ...options,
  queryKey: ruleKey(libraryKey),
  queryFn: () => requests.getRule(libraryKey),
  staleTime: Infinity,
  gcTime: Infinity,
  refetchOnMount: ({ state }) => (isDecided && state.data ? 'always' : true),
});

export const useSetRule = (libraryKey: string) => {
  const queryClient = useQueryClient();
  return useMutation({
    ...sending,
    mutationFn: (isRequired: boolean) => requests.setRule(libraryKey, isRequired),
    onSuccess: (rule) => queryClient.setQueryData(ruleKey(libraryKey), rule),
  });
};

/** An item, and its change that is the newest: another one moves places. */
export interface Item {
  key: string;
  recordId: number | null;
}

const listKey = ({ key, recordId }: Item) => [NAME, 'list', key, recordId];

export const useConversations = (item: Item, isInstalled: boolean) => useQuery({
  ...options,
  queryKey: listKey(item),
  queryFn: () => requests.getConversations(item.key),
  placeholderData: (previous: Conversation[] | undefined) => previous,
  enabled: isInstalled,
});

/** Write something. Wait for `mutateAsync`: what was written may be gone from the screen by then. */
export const useWrite = (item: Item) => {
  const queryClient = useQueryClient();
  return useMutation({
    ...sending,
    mutationFn: (write: () => Promise<Conversation>) => write(),
    onSuccess: async (written) => {
      const queryKey = listKey(item);
      const all = queryClient.getQueryData<Conversation[]>(queryKey);
      // Of a new draft, the list may not be there yet.
      if (!all) { return queryClient.invalidateQueries({ queryKey }); }
      // An answer that is still under way does not know of it.
      await queryClient.cancelQueries({ queryKey });
      const others = all.filter(({ id }) => id !== written.id);
      return queryClient.setQueryData(queryKey, [...others, written].sort((one, other) => other.id - one.id));
    },
  });
};
