/** The changes for which a publish was refused, and nothing else. */
import { useId } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';

import { ErrorMessage, Loading } from '../common';
import type { Library } from '../data/api';
import { useEntities } from '../data/apiHooks';
import { setPanelState, type Refusal } from '../panelState';
import { ChangeList } from './ChangeList';
import type { Seen } from './useSeen';
import messages from './messages';

interface Props {
  library: Library;
  refusal: Refusal;
  seen: Seen;
}

export const RefusedChanges = ({ library, refusal, seen }: Props) => {
  const intl = useIntl();
  const headingId = useId();
  const { keys, unreviewedCount } = refusal;
  const { data, error, refetch } = useEntities(keys);
  const done = data?.results.filter(({ change, is_reviewed: isReviewed, unreviewed_pins: pins }) => (
    change === null || (isReviewed && pins.length === 0)
  )) ?? [];
  const remaining = unreviewedCount - done.length;

  const list = () => {
    if (!data) { return error ? <ErrorMessage error={error} onRetry={refetch} /> : <Loading />; }
    return (
      <>
        {remaining === 0 && <p>{intl.formatMessage(messages.refusedAllReviewed)}</p>}
        <ChangeList library={library} entities={data.results} seen={seen} />
      </>
    );
  };

  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className="h4">
        {intl.formatMessage(messages.refusedChanges, { count: remaining })}
      </h3>
      {unreviewedCount > keys.length && (
        <p className="small">{intl.formatMessage(messages.refusedFirst, { count: keys.length })}</p>
      )}
      {list()}
      <Button variant="outline-primary" size="sm" onClick={() => setPanelState({ refusal: undefined, takesFocus: true })}>
        {intl.formatMessage(messages.showAll)}
      </Button>
    </section>
  );
};
