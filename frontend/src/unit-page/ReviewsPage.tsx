/** What Studio shows when our page is chosen. What is on it is loaded then. */
import { lazy, Suspense } from 'react';
import { FormattedMessage } from '@edx/frontend-platform/i18n';
import { ErrorBoundary } from '@edx/frontend-platform/react';

import { Translated } from '../i18n/Translated';
import messages from './messages';

const UnitReviews = lazy(async () => ({ default: (await import('./UnitReviews')).UnitReviews }));

// Always the same component, without props: Studio would mount another one anew, and lose what it shows.
export const ReviewsPage = () => (
  <Translated>
    <ErrorBoundary fallbackComponent={<p className="p-3"><FormattedMessage {...messages.crashed} /></p>}>
      {/* A page that is loading says so itself; the code for that is not loaded on every page. */}
      <Suspense fallback={null}>
        <UnitReviews />
      </Suspense>
    </ErrorBoundary>
  </Translated>
);
