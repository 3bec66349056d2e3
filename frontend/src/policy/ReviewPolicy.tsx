/** What the library requires of reviews; for those who decide it, the settings and their history as well. */
import { Suspense, lazy } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';

import type { Library } from '../data/api';
import { PolicyForm } from './PolicyForm';
import { PolicyHistory } from './PolicyHistory';
import { PublishUnreviewed } from './PublishUnreviewed';
import messages from './messages';

// Apps beside the reviews: what they ask for is their own.
const RequireResolved = lazy(async () => ({ default: (await import('../conversations')).RequireResolved }));
const ShowToLearners = lazy(async () => ({ default: (await import('../reviewed-by')).ShowToLearners }));

export const ReviewPolicy = ({ library }: { library: Library }) => {
  const intl = useIntl();
  const { mode, required_reviewers: reviewers, may } = library;
  const beside = (
    <Suspense fallback={null}>
      <RequireResolved libraryKey={library.key} />
      <ShowToLearners libraryKey={library.key} />
    </Suspense>
  );
  if (!may.manage_policy) {
    return (
      <>
        <p className="small mb-0">{intl.formatMessage(messages.holds, { mode, reviewers })}</p>
        {beside}
      </>
    );
  }
  return (
    <>
      <PolicyForm library={library} />
      {beside}
      <PolicyHistory library={library} />
      <PublishUnreviewed library={library} />
    </>
  );
};
