/** What a component finds around it in Studio: the router, the query client, the language, the HTTP client. */
import type { ReactElement } from 'react';
import { getConfig, mergeConfig } from '@edx/frontend-platform';
import { configure as configureAuth, getAuthenticatedHttpClient, MockAuthService } from '@edx/frontend-platform/auth';
import { IntlProvider } from '@edx/frontend-platform/i18n';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import MockAdapter from 'axios-mock-adapter';
import { BrowserRouter, Route, Routes } from 'react-router-dom';

export const API = 'http://studio.test/api/sample-plugin/reviews/v1';

export const IMPORTS = new RegExp(`^${API}/libraries/[^/]+/imports/`);

/**
 * Log somebody in, and return the HTTP client's stand-in: what it is not told to answer is a 404.
 *
 * Nothing was imported, unless a test says so.
 */
export const mockStudio = (username = 'rita'): MockAdapter => {
  mergeConfig({
    authenticatedUser: {
      userId: 7, username, roles: [], administrator: false,
    },
  });
  configureAuth(MockAuthService, { config: getConfig(), loggingService: { logInfo: () => {}, logError: () => {} } });
  return new MockAdapter(getAuthenticatedHttpClient()).onGet(IMPORTS).reply(200, { count: 0, results: [] });
};

/** Forget what a tab has kept, and give the workspace's list room: there is no layout in these tests. */
export const startAfresh = () => {
  window.sessionStorage.clear();
  window.localStorage.clear();
  jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
  jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(400);
};

interface Surroundings {
  /** The page's address, and the route that Studio matched it with. */
  at?: string;
  route?: string;
  locale?: string;
}

/** Show the element on a page of Studio's. Returns what Testing Library does, and the query client. */
export const renderInStudio = (
  element: ReactElement,
  { at = '/library/lib:Test:Bread', route = '/library/:libraryId/*', locale = 'en' }: Surroundings = {},
) => {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 3_600_000 } } });
  window.history.replaceState(null, '', at);
  const shown = render(
    <IntlProvider locale={locale} messages={{}} onError={() => {}}>
      <QueryClientProvider client={queryClient}>
        <BrowserRouter future={{ v7_startTransition: true, v7_relativeSplatPath: true }}>
          <Routes>
            <Route path={route} element={element} />
            <Route path="*" element={element} />
          </Routes>
        </BrowserRouter>
      </QueryClientProvider>
    </IntlProvider>,
  );
  return { ...shown, queryClient };
};
