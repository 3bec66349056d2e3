/** What the library requires of reviews; for those who decide it, the settings and their history as well. */
import { Suspense, lazy } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';

import type { Library } from '../data/api';
import { PolicyForm } from './PolicyForm';
import { PolicyHistory } from './PolicyHistory';
import { PublishUnreviewed } from './PublishUnreviewed';
import messages from './messages';

// An app beside the reviews: its rule is its own.
const RequireResolved = lazy(async () => ({ default: (await import('../conversations')).RequireResolved }));

export const ReviewPolicy = ({ library }: { library: Library }) => {
  const intl = useIntl();
  const { mode, required_reviewers: reviewers, may } = library;
  const conversations = <Suspense fallback={null}><RequireResolved libraryKey={library.key} /></Suspense>;
  if (!may.manage_policy) {
    return (
      <>
        <p className="small mb-0">{intl.formatMessage(messages.holds, { mode, reviewers })}</p>
        {conversations}
      </>
    );
  }
  return (
    <>
      <PolicyForm library={library} />
      {conversations}
      <PolicyHistory library={library} />
      <PublishUnreviewed library={library} />
    </>
  );
};
