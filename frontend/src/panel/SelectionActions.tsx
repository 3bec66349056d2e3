/** What can be done about all that is selected. */
import { useIntl } from '@edx/frontend-platform/i18n';
import { StatefulButton } from '@openedx/paragon';

import { useErrorSentence } from '../common';
import type { Entity } from '../data/api';
import { useMarkManyReviewed, useWithdrawReviews } from '../data/apiHooks';
import { refusedItemsOf } from '../data/errors';
import { MarkReviewed, useNote } from './MarkReviewed';
import { canMark, canWithdraw } from './entityState';
import type { Seen } from './useSeen';
import type { Say } from './useStatus';
import messages from './messages';

interface Props {
  libraryKey: string;
  selected: Entity[];
  seen: Seen;
  say: Say;
  onDone: () => void;
}

export const SelectionActions = ({
  libraryKey, selected, seen, say, onDone,
}: Props) => {
  const intl = useIntl();
  const sentenceOf = useErrorSentence();
  const mark = useMarkManyReviewed(libraryKey);
  const withdraw = useWithdrawReviews();
  const note = useNote();
  const toMark = selected.filter((entity) => canMark(entity) && !seen.isOutdated(entity));
  const toWithdraw = selected.filter(canWithdraw);

  const done = (sentence: string) => {
    onDone();
    say(sentence);
  };
  const sayWhyNot = (error: unknown) => {
    const refused = refusedItemsOf(error);
    say(refused.length === 0 ? sentenceOf(error) : (
      <>
        {intl.formatMessage(messages.noneMarked, { count: refused.length, reviewed: 0 })}
        {/* Each sentence names its item. */}
        <ul className="mb-0">{refused.map(({ key, detail }) => <li key={key}>{detail}</li>)}</ul>
      </>
    ), { isError: true });
  };
  const markReviewed = (text: string) => {
    const marked = toMark.map((entity) => ({ key: entity.key!, recordId: seen.recordOf(entity)! }));
    mark.mutateAsync({ seen: marked, note: text }).then(
      ({ reviewed }) => done(intl.formatMessage(messages.markedMany, { count: reviewed })),
      sayWhyNot,
    );
  };
  const withdrawReviews = () => {
    withdraw.mutateAsync(toWithdraw.map(({ key }) => key!)).then((failedKeys) => {
      const failed = toWithdraw.filter(({ key }) => failedKeys.includes(key!));
      done(intl.formatMessage(messages.withdrawnMany, {
        count: toWithdraw.length - failed.length,
        failed: failed.length,
        titles: intl.formatList(failed.map(({ title }) => title)),
      }));
    });
  };

  return (
    <section aria-label={intl.formatMessage(messages.selection)} className="border rounded bg-light-200 p-3 mb-2">
      <p className="mb-0">{intl.formatMessage(messages.selected, { count: selected.length })}</p>
      {toMark.length > 0 && (
        <MarkReviewed
          note={note}
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
    </section>
  );
};
