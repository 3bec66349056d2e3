import { Suspense, type ReactNode } from 'react';
import { ErrorBoundary } from '@edx/frontend-platform/react';

import { Crashed } from './Crashed';

/** What the button opens: loaded on demand, and if it crashes, Studio's header stays. */
export const Guarded = ({ children }: { children: ReactNode }) => (
  <ErrorBoundary fallbackComponent={<Crashed />}>
    <Suspense fallback={null}>{children}</Suspense>
  </ErrorBoundary>
);
