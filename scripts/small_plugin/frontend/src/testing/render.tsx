/** What a component finds around it on the platform: the user, the HTTP client, the language, the query client. */
import type { ReactElement } from 'react';
import { getConfig, mergeConfig } from '@edx/frontend-platform';
import { configure as configureAuth, getAuthenticatedHttpClient, MockAuthService } from '@edx/frontend-platform/auth';
import { IntlProvider } from '@edx/frontend-platform/i18n';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import MockAdapter from 'axios-mock-adapter';

/** Log somebody in, and return the HTTP client's stand-in: what it is not told to answer is a 404. */
export const mockStudio = (username: string): MockAdapter => {
  mergeConfig({
    authenticatedUser: {
      userId: 7, username, roles: [], administrator: false,
    },
  });
  configureAuth(MockAuthService, { config: getConfig(), loggingService: { logInfo: () => {}, logError: () => {} } });
  return new MockAdapter(getAuthenticatedHttpClient());
};

/** Show the element on a page. Returns what Testing Library does, and the query client. */
export const renderInStudio = (element: ReactElement) => {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 3_600_000 } } });
  const shown = render(
    <IntlProvider locale="en" messages={{}} onError={() => {}}>
      <QueryClientProvider client={queryClient}>{element}</QueryClientProvider>
    </IntlProvider>,
  );
  return { ...shown, queryClient };
};
