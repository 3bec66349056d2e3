/** The item that is selected on Studio's page, so that nobody has to look for it in the list. */
import { useId } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { useLocation } from 'react-router-dom';

import { ErrorMessage, Loading } from '../common';
import type { Library } from '../data/api';
import { useEntities } from '../data/apiHooks';
import { selectedKeyOf } from '../host/studio';
import { ChangeCard } from './ChangeCard';
import type { Seen } from './useSeen';
import { useStatus } from './useStatus';
import messages from './messages';

export const SelectedInStudio = ({ library, seen }: { library: Library, seen: Seen }) => {
  const intl = useIntl();
  const headingId = useId();
  const key = selectedKeyOf(useLocation().pathname);
  const { data, error, refetch } = useEntities(key ? [key] : []);
  const entity = data?.results[0];
  const { say, status } = useStatus();

  // What Studio shows and the server does not find is on its way out of the page.
  if (!key || (data && !entity)) { return null; }
  const content = () => {
    if (!entity) { return error ? <ErrorMessage error={error} onRetry={refetch} /> : <Loading />; }
    return (
      <ul className="list-unstyled mb-0">
        <ChangeCard key={key} library={library} entity={entity} seen={seen} say={say} />
      </ul>
    );
  };
  return (
    <section aria-labelledby={headingId} className="mb-3">
      <h3 id={headingId} className="h4">{intl.formatMessage(messages.selectedInStudio)}</h3>
      {status}
      {content()}
    </section>
  );
};
