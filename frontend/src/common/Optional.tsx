import { Suspense, type ReactNode } from 'react';
import { ErrorBoundary } from '@edx/frontend-platform/react';

/** What is loaded on demand, and what people can do without: if it crashes or cannot be loaded, the rest goes on. */
export const Optional = ({ children }: { children: ReactNode }) => (
  <ErrorBoundary fallbackComponent={<></> /* eslint-disable-line react/jsx-no-useless-fragment */}>
    <Suspense fallback={null}>{children}</Suspense>
  </ErrorBoundary>
);
