import { useIntl } from '@edx/frontend-platform/i18n';
import { Alert, StatefulButton } from '@openedx/paragon';

import { ErrorMessage } from '../common';
import type { Entity } from '../data/api';
import { useMarkManyReviewed, useWithdrawReviews } from '../data/apiHooks';
import { refusedItemsOf } from '../data/errors';
import { MarkReviewed } from './MarkReviewed';
import { canMark, canWithdraw } from './entityState';
import type { Seen } from './useSeen';
import messages from './messages';

interface Props {
  libraryKey: string;
  selected: Entity[];
  seen: Seen;
  onDone: (sentence: string) => void;
}

/** What can be done about all that is selected. */
export const SelectionActions = ({
  libraryKey, selected, seen, onDone,
}: Props) => {
  const intl = useIntl();
  const mark = useMarkManyReviewed(libraryKey);
  const withdraw = useWithdrawReviews();
  const toMark = selected.filter(canMark);
  const toWithdraw = selected.filter(canWithdraw);
  const refused = refusedItemsOf(mark.error);
  const titleOf = (key: string) => selected.find((entity) => entity.key === key)?.title ?? key;

  const markReviewed = (note: string) => {
    const marked = toMark.map((entity) => ({ key: entity.key!, recordId: seen.recordOf(entity)! }));
    mark.mutateAsync({ seen: marked, note }).then(
      ({ reviewed }) => onDone(intl.formatMessage(messages.markedMany, { count: reviewed })),
      () => {}, // shown below
    );
  };
  const withdrawReviews = () => {
    withdraw.mutateAsync(toWithdraw.map(({ key }) => key!)).then((failed) => onDone(
      intl.formatMessage(messages.withdrawnMany, { count: toWithdraw.length - failed.length, failed: failed.length }),
    ));
  };

  return (
    <section aria-label={intl.formatMessage(messages.selection)} className="sample-plugin-reviews-panel__selection border rounded bg-light-200 p-3 mb-2">
      <p className="mb-0">{intl.formatMessage(messages.selected, { count: selected.length })}</p>
      {toMark.length > 0 && (
        <MarkReviewed
          what={intl.formatMessage(messages.selected, { count: toMark.length })}
          label={intl.formatMessage(messages.markMany, { count: toMark.length })}
          isPending={mark.isPending}
          onMark={markReviewed}
        />
      )}
      {toWithdraw.length > 0 && (
        <StatefulButton
          variant="outline-primary"
          size="sm"
          className="mt-2"
          state={withdraw.isPending ? 'pending' : 'default'}
          labels={{
            default: intl.formatMessage(messages.withdrawMany, { count: toWithdraw.length }),
            pending: intl.formatMessage(messages.withdrawing),
          }}
          onClick={withdrawReviews}
        />
      )}
      {mark.error && refused.length === 0 && <div className="mt-2"><ErrorMessage error={mark.error} /></div>}
      {refused.length > 0 && (
        <Alert variant="warning" className="p-3 mt-2 mb-0">
          <p>{intl.formatMessage(messages.noneMarked, { count: refused.length })}</p>
          <ul className="mb-0">
            {refused.map(({ key, detail }) => <li key={key}>{`${titleOf(key)}: ${detail}`}</li>)}
          </ul>
        </Alert>
      )}
    </section>
  );
};
