/** What waits for the person who looks, or for others after them, in all of their libraries. */
import {
  Suspense, lazy, useEffect, useRef,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';
import { BarChart } from '@openedx/paragon/icons';

import { ChoiceButtons, ErrorMessage, Loading } from '../common';
import { statusOf } from '../data/errors';
import type { MyGroup } from '../data/mine';
import { FullPage } from '../fullpage';
import { MINE, changeReviews, partOf } from '../reviewsAddress';
import { SessionAlert } from '../verdict/SessionAlert';
import { MyRow } from './MyRow';
import { useMyReviews } from './useMyReviews';
import messages from './messages';
import './my-reviews.css';

// Opened rarely, and by those who manage a library.
const Figures = lazy(async () => ({ default: (await import('../figures')).Figures }));
// Of an app beside the reviews, and below all else.
const Timings = lazy(async () => ({ default: (await import('../notifications')).Timings }));
const MyName = lazy(async () => ({ default: (await import('../reviewed-by')).MyName }));

/** The figures are open, of whichever library comes first. */
const ANY = 'any';
const GROUPS: MyGroup[] = ['to_review', 'to_answer', 'with_others', 'overdue'];

interface Props {
  /** The page's address, which says which list is shown, and the figures of which library. */
  params: URLSearchParams;
  onClose: () => void;
}

/** Lead the keyboard on to what “Show more” has added: the button itself may be gone. */
const useFirstAdded = (count: number) => {
  const link = useRef<HTMLAnchorElement>(null);
  const before = useRef<number>();
  useEffect(() => {
    if (before.current !== undefined && count > before.current) {
      link.current?.focus();
      before.current = undefined;
    }
  }, [count]);
  return {
    refOf: (index: number) => (index === before.current ? link : undefined),
    remember: () => { before.current = count; },
  };
};

export const MyReviews = ({ params, onClose }: Props) => {
  const intl = useIntl();
  const group = GROUPS.find((each) => each === params.get(partOf('list'))) ?? 'to_review';
  const figures = params.get(partOf('figures')) ?? '';
  const {
    first, rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage,
  } = useMyReviews(group);
  const { refOf, remember } = useFirstAdded(rows?.length ?? 0);
  const counts = first?.counts;
  const isManager = typeof counts?.overdue === 'number';
  const groups = GROUPS.filter((each) => each !== 'overdue' || isManager || group === each);

  const labelOf = (each: MyGroup) => intl.formatMessage(messages.group, {
    group: each, isCounted: typeof counts?.[each] === 'number', count: counts?.[each] ?? 0,
  });
  const list = () => {
    if (!rows) { return error ? null : <Loading />; }
    if (rows.length === 0) {
      return (
        <p>
          {first?.library_count === 0
            ? intl.formatMessage(messages.noLibraries)
            : intl.formatMessage(messages.empty, { group })}
        </p>
      );
    }
    return (
      <>
        <p className="small">{intl.formatMessage(messages.about, { group })}</p>
        <ul className="list-unstyled mb-3">
          {rows.map((row, index) => (
            <MyRow
              key={`${row.library.key} ${row.key} ${index}`} // eslint-disable-line react/no-array-index-key
              ref={refOf(index)}
              row={row}
              group={group}
            />
          ))}
        </ul>
      </>
    );
  };

  return (
    <FullPage
      title={intl.formatMessage(messages.title)}
      onClose={onClose}
      actions={isManager && (
        <Button
          size="sm"
          variant="tertiary"
          iconBefore={BarChart}
          aria-expanded={figures !== ''}
          onClick={() => changeReviews(MINE, { list: group, figures: figures ? '' : ANY })}
        >
          {intl.formatMessage(messages.figures)}
        </Button>
      )}
    >
      {isManager && figures !== '' && (
        <section aria-label={intl.formatMessage(messages.figures)} className="sample-plugin-reviews-fullpage__part">
          <div className="sample-plugin-reviews-mine__width">
            <Suspense fallback={<Loading />}>
              <Figures libraryKey={figures} onChoose={(key) => changeReviews(MINE, { list: group, figures: key })} />
            </Suspense>
          </div>
        </section>
      )}
      <main className="sample-plugin-reviews-mine">
        <div className="sample-plugin-reviews-mine__width">
          <ChoiceButtons
            label={intl.formatMessage(messages.lists)}
            values={groups}
            chosen={group}
            labelOf={labelOf}
            onChoose={(each) => changeReviews(MINE, { list: each, figures })}
            className="flex-wrap mb-3"
          />
          {error !== null && (statusOf(error) === 401
            ? <SessionAlert error={error} />
            : <ErrorMessage error={error} onRetry={refetch} />)}
          {list()}
          {rows && hasNextPage && (
            <Button
              size="sm"
              variant="outline-primary"
              disabled={isFetchingNextPage}
              onClick={() => {
                remember();
                fetchNextPage();
              }}
            >
              {intl.formatMessage(messages.more, { count: counts?.[group] ?? rows.length, shown: rows.length })}
            </Button>
          )}
          {rows && <Suspense fallback={null}><Timings /><MyName /></Suspense>}
        </div>
      </main>
    </FullPage>
  );
};
