/** The pages and their addresses, which are Studio's, and what Studio has around its pages. */
import { getConfig, getPath } from '@edx/frontend-platform';
import { AppProvider } from '@edx/frontend-platform/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createBrowserRouter, createRoutesFromElements, Route, RouterProvider,
} from 'react-router-dom';

import { HomePage } from './HomePage';
import { LibrariesPage } from './LibrariesPage';
import { LibraryLayout } from './library/LibraryLayout';
import { NotFound } from './Page';
import { ToastProvider } from './studio/generic/toast-context';
import { UnitPage } from './unit/UnitPage';

// As Studio's: what a plugin asks for by way of it may be an hour old.
const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 60 * 60_000 } } });

export const App = () => {
  const router = createBrowserRouter(
    createRoutesFromElements(
      <Route>
        <Route path="/" element={<LibrariesPage />} />
        <Route path="/libraries" element={<LibrariesPage />} />
        <Route path="/home" element={<HomePage />} />
        <Route path="/library/:libraryId/*" element={<LibraryLayout />} />
        <Route path="/course/:courseId/container/:blockId" element={<UnitPage />} />
        <Route path="*" element={<NotFound />} />
      </Route>,
    ),
    { basename: getPath(getConfig().PUBLIC_PATH) },
  );
  return (
    <AppProvider wrapWithRouter={false}>
      <ToastProvider>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ToastProvider>
    </AppProvider>
  );
};
