/**
 * All that we know of Studio's insides. It promises none of this to plugins, so every use has a fallback, and whoever
 * adapts the plugin to another Studio has this file to look at.
 *
 * `CourseAuthoring/…` is the alias under which Studio's webpack offers its source to plugins. A `try` directly around
 * the `import()` is what makes a missing module a warning of the build, and not its end; a `.catch()` does not.
 */
import type { QueryClient } from '@tanstack/react-query';

/** The keys of Studio's own queries that a publish makes stale; see `libraryQueryKeys` and others in its source. */
const LIBRARY_QUERIES = ['contentLibrary', 'xblock', 'hierarchy', 'content_search'];

/** Have Studio load anew what it shows of libraries. Should the names change, its page is stale until reloaded. */
export const refreshStudio = (queryClient: QueryClient) => queryClient.invalidateQueries({
  predicate: ({ queryKey }) => LIBRARY_QUERIES.includes(String(queryKey[0])),
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

/** The context that holds the pages of the unit page's sidebar, or undefined where there is none. */
export const loadUnitSidebarPages = async () => {
  try {
    return (await import('CourseAuthoring/course-unit/unit-sidebar/UnitSidebarPagesContext')).UnitSidebarPagesContext;
  } catch {
    return undefined;
  }
};

/** The key of the item that is selected in Studio, from the path of the page: `lb:…` or `lct:…`. */
export const selectedKeyOf = (pathname: string): string | undefined => (
  pathname.split('/').slice(3).map(decodeURIComponent).filter((part) => /^(lb|lct):/.test(part))
    .at(-1)
);

/** The page of an item in Studio. Components have none of their own: there it is the list with the item selected. */
export const pathOf = (libraryKey: string, key: string): string => {
  const containerType = /^lct:[^:]+:[^:]+:([^:]+):/.exec(key)?.[1];
  return `/library/${libraryKey}/${containerType ?? 'components'}/${key}`;
};
