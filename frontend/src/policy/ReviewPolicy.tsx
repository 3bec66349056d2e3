/** What the library requires of reviews; for those who decide it, the settings and their history as well. */
import { useIntl } from '@edx/frontend-platform/i18n';

import type { Library } from '../data/api';
import { PolicyForm } from './PolicyForm';
import { PolicyHistory } from './PolicyHistory';
import { PublishUnreviewed } from './PublishUnreviewed';
import messages from './messages';

export const ReviewPolicy = ({ library }: { library: Library }) => {
  const intl = useIntl();
  const { mode, required_reviewers: reviewers, may } = library;
  if (!may.manage_policy) {
    return <p className="small mb-0">{intl.formatMessage(messages.holds, { mode, reviewers })}</p>;
  }
  return (
    <>
      <PolicyForm library={library} />
      <PolicyHistory library={library} />
      <PublishUnreviewed library={library} />
    </>
  );
};
