/** What the pages load and change. */
import { camelCaseObject, getConfig } from '@edx/frontend-platform';
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

export interface Library {
  key: string;
  title: string;
  description: string;
}

export interface Item {
  key: string;
  title: string;
  type: string;
  isContainer: boolean;
  isDeleted: boolean;
  isPublished: boolean;
  hasUnpublishedChanges: boolean;
  canBePublished: boolean;
  /** In words. */
  state: string;
  children: string[];
}

export interface LibraryContent extends Library {
  canEdit: boolean;
  canPublish: boolean;
  items: Item[];
}

export interface UnitBlock {
  blockId: string;
  name: string;
  blockType: string;
  upstreamLink: null | {
    upstreamRef: string;
    versionSynced: number;
    versionAvailable: number | null;
    versionDeclined: number | null;
    errorMessage: string | null;
    readyToSync: boolean;
  };
}

export interface Unit {
  displayName: string;
  children: UnitBlock[];
}

const client = () => getAuthenticatedHttpClient();
const url = (path: string) => `${getConfig().STUDIO_BASE_URL}/api/${path}`;
const load = async (path: string) => camelCaseObject((await client().get(url(path))).data);
const itemUrl = ({ key, isContainer }: Item) => url(`libraries/v2/${isContainer ? 'containers' : 'blocks'}/${key}/`);
const olxUrl = (key: string) => url(`libraries/v2/blocks/${key}/olx/`);

// The keys begin as those of Studio's queries do, so that whoever has Studio load its content anew reaches these, too.
const CONTENT = 'contentLibrary';
const SOURCE = 'xblock';

export const useLibraries = () => useQuery<Library[]>({
  queryKey: [CONTENT, 'list'],
  queryFn: () => load('workbench/libraries/'),
});

export const useLibrary = (libraryId: string) => useQuery<LibraryContent>({
  queryKey: [CONTENT, libraryId],
  queryFn: () => load(`workbench/libraries/${libraryId}/`),
});

export const useOlx = (key: string, enabled = true) => useQuery<string>({
  queryKey: [SOURCE, key, 'olx'],
  queryFn: async () => (await client().get(olxUrl(key))).data.olx,
  enabled,
});

export const useUnit = (blockId: string) => useQuery<Unit>({
  queryKey: ['courseUnit', blockId],
  queryFn: () => load(`contentstore/v1/container/${encodeURIComponent(blockId)}/children`),
  // The library may have published something since.
  staleTime: 0,
});

/** The course takes over what the library has published of a block. */
export const useSync = (blockId: string) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => client().post(url(`contentstore/v2/downstreams/${encodeURIComponent(blockId)}/sync`)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['courseUnit'] }),
  });
};

/** Something that changes the library: when it is done, or refused, what is shown of the library is loaded anew. */
const useChange = <T, R = unknown>(mutationFn: (what: T) => Promise<R>) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => {
      // Not waited for, as in Studio: the message that follows does not wait, either.
      queryClient.invalidateQueries({
        predicate: ({ queryKey }) => [CONTENT, SOURCE].includes(String(queryKey[0])),
      });
    },
  });
};

/** A container, and what is to happen to these of its children. */
interface Children {
  container: Item;
  keys: string[];
}

const libraryUrl = (libraryId: string) => url(`libraries/v2/${libraryId}/`);
const childrenUrl = ({ container }: Children) => `${itemUrl(container)}children/`;

export const usePublishLibrary = () => useChange((libraryId: string) => (
  client().post(url(`libraries/v2/${libraryId}/commit/`))
));
export const usePublishItem = () => useChange((item: Item) => client().post(`${itemUrl(item)}publish/`));
export const useDeleteItem = () => useChange((item: Item) => client().delete(itemUrl(item)));
export const useRestoreItem = () => useChange((item: Item) => client().post(`${itemUrl(item)}restore/`));
export const useDiscardChanges = () => useChange((libraryId: string) => (
  client().delete(`${libraryUrl(libraryId)}commit/`)
));

/** Each of these three returns the key of what is new. */
const keyOf = (response: { data: { id: string } }) => response.data.id;

export const useCreateBlock = () => useChange(async ({ libraryId, type }: { libraryId: string, type: string }) => (
  keyOf(await client().post(`${libraryUrl(libraryId)}blocks/`, {
    block_type: type,
    definition_id: crypto.randomUUID(),
  }))
));
export const useCreateContainer = () => useChange(
  async ({ libraryId, type, title }: { libraryId: string, type: string, title: string }) => (
    keyOf(await client().post(`${libraryUrl(libraryId)}containers/`, { container_type: type, display_name: title }))
  ),
);
export const usePaste = () => useChange(async (libraryId: string) => (
  keyOf(await client().post(`${libraryUrl(libraryId)}paste_clipboard/`))
));

export const useCopy = () => useChange((item: Item) => (item.isContainer
  ? client().post(`${itemUrl(item)}copy/`)
  : client().post(url('content-staging/v1/clipboard/'), { usage_key: item.key })
));

export const useAddChildren = () => useChange((change: Children) => (
  client().post(childrenUrl(change), { usage_keys: change.keys })
));
export const useRemoveChildren = () => useChange((change: Children) => (
  client().delete(childrenUrl(change), { data: { usage_keys: change.keys } })
));
export const useReorderChildren = () => useChange((change: Children) => (
  client().patch(childrenUrl(change), { usage_keys: change.keys })
));

/** Whether everything was imported. Studio does not say why something was not. */
export const useImportCourse = () => useChange(
  async ({ libraryId, courseId }: { libraryId: string, courseId: string }): Promise<boolean> => {
    const { data } = await client().post(url('modulestore_migrator/v1/bulk_migration/'), {
      sources: [courseId],
      target: libraryId,
      composition_level: 'section',
    });
    return data.state === 'Succeeded' && data.parameters.every((source: { is_failed: boolean }) => !source.is_failed);
  },
);

export const useSaveOlx = () => useChange(({ key, olx }: { key: string, olx: string }) => (
  client().post(olxUrl(key), { olx })
));
