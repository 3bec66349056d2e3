/**
 * All that we know of Studio's insides. It promises none of this to plugins, so every use has a fallback, and whoever
 * adapts the plugin to another Studio has this file to look at.
 *
 * `CourseAuthoring/…` is the alias under which Studio's webpack offers its source to plugins. A `try` directly around
 * the `import()` is what makes a missing module a warning of the build, and not its end; a `.catch()` does not.
 */
import { getConfig } from '@edx/frontend-platform';
import type { QueryClient } from '@tanstack/react-query';

/** The keys of Studio's own queries that a publish makes stale; see `libraryQueryKeys` and others in its source. */
const LIBRARY_QUERIES = ['contentLibrary', 'xblock', 'hierarchy', 'content_search'];

/**
 * Have Studio load anew what it shows of libraries, or only what it loaded before a time, in milliseconds.
 *
 * Should the names change, its page is stale until reloaded.
 */
export const refreshStudio = (queryClient: QueryClient, loadedBefore = Infinity) => queryClient.invalidateQueries({
  predicate: ({ queryKey, state }) => (
    LIBRARY_QUERIES.includes(String(queryKey[0])) && state.dataUpdatedAt < loadedBefore
  ),
});

/** Show a message where Studio shows its own, in place of what is there. Resolves to false if that cannot be done. */
export const showStudioToast = async (text: string, action: { label: string, onClick: () => void }) => {
  try {
    const { showToastOutsideReact, closeToastOutsideReact } = await import('CourseAuthoring/generic/toast-context');
    const onClick = () => {
      closeToastOutsideReact();
      action.onClick();
    };
    showToastOutsideReact(text, { ...action, onClick });
    return true;
  } catch {
    return false;
  }
};

/** The context that holds the pages of the unit page's sidebar, or undefined where the sidebar has no pages. */
export const loadUnitSidebarPages = async () => {
  // With its older design Studio has the context, too, and shows none of the pages.
  if (String(getConfig().ENABLE_UNIT_PAGE_NEW_DESIGN ?? true).toLowerCase() !== 'true') { return undefined; }
  try {
    return (await import('CourseAuthoring/course-unit/unit-sidebar/UnitSidebarPagesContext')).UnitSidebarPagesContext;
  } catch {
    return undefined;
  }
};

/** Part of a path as it was meant; anybody can write a path that means nothing. */
const decode = (part: string) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** Whether something is an item of a library of today's kind, by its key. */
export const isLibraryItem = (key: unknown): key is string => typeof key === 'string' && /^(lb|lct):/.test(key);

/** The key of the item that is selected in Studio, from the path of the page: `lb:…` or `lct:…`. */
export const selectedKeyOf = (pathname: string): string | undefined => (
  pathname.split('/').slice(3).map(decode).filter(isLibraryItem)
    .at(-1)
);

/** The page of an item in Studio. Components have none of their own: there it is the list with the item selected. */
export const pathOf = (libraryKey: string, key: string): string => {
  const containerType = /^lct:[^:]+:[^:]+:([^:]+):/.exec(key)?.[1];
  return `/library/${libraryKey}/${containerType ?? 'components'}/${key}`;
};

/** The key of the library that an item is in. */
export const libraryKeyOf = (key: string) => `lib:${key.split(':').slice(1, 3).join(':')}`;
