/** The whole story of an item: its edits, its reviews, and how each of its publishes was judged. */
import type { ReactNode } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';

import {
  Ago, ErrorMessage, Loading, usePersonName,
} from '../common';
import { ReviewLine } from '../entity/ReviewLine';
import type { HistoryEntry, Judgement } from '../data/schema';
import { useHistory } from './useHistory';
import messages from './messages';

/** On what basis it went live. Also says so where nothing is on record. */
const Basis = ({ judgement }: { judgement: Judgement | null }) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  if (!judgement || judgement.basis === 'unexplained') {
    return <strong className="d-block text-danger">{intl.formatMessage(messages.unexplained)}</strong>;
  }
  const {
    basis, unreviewed, mode, reason, decided_by: decidedBy,
  } = judgement;
  return (
    <div>
      {intl.formatMessage(messages.basis, { basis, unreviewed: String(unreviewed), mode })}
      {basis === 'bypassed' && unreviewed !== false && (
        <>
          {' '}
          {decidedBy
            ? intl.formatMessage(messages.decidedBy, { name: nameOf(decidedBy) })
            : intl.formatMessage(messages.decidedByNobody)}
        </>
      )}
      {reason && <q className="sample-plugin-reviews-note d-block font-italic" dir="auto">{reason}</q>}
    </div>
  );
};

const Line = ({ entry, children }: { entry: HistoryEntry, children?: ReactNode }) => {
  const intl = useIntl();
  const {
    kind, person, time, version_num: version, is_deletion: isDeletion, changed_nothing: changedNothing,
  } = entry;
  const how = (isDeletion && 'Deletion') || (changedNothing && 'Nothing') || '';
  return (
    <li className="mt-1">
      {intl.formatMessage(messages.happened, {
        what: `${kind}${how}`,
        by: person ? 'person' : 'nobody',
        name: person?.name || person?.username,
        ago: <Ago time={time} />,
      })}
      {version !== null && !isDeletion && (
        <>
          {' · '}
          {intl.formatMessage(messages.version, { version })}
        </>
      )}
      {children}
    </li>
  );
};

const Entry = ({ entry }: { entry: HistoryEntry }) => {
  const intl = useIntl();
  const { kind, review, judgement } = entry;
  if (kind === 'publish') { return <Line entry={entry}><Basis judgement={judgement} /></Line>; }
  if (!review) { return <Line entry={entry} />; }
  // Who gives another verdict has not withdrawn the first.
  if (!review.replaced) { return <ReviewLine review={review} withVersion />; }
  return (
    <ReviewLine review={{ ...review, withdrawn_at: null }} withVersion>
      <div>{intl.formatMessage(messages.replaced)}</div>
    </ReviewLine>
  );
};

const idOf = ({
  kind, time, version_num: version, review, judgement,
}: HistoryEntry) => [kind, time, version, review?.id ?? judgement?.publish_log_id].join(' ');

export const History = ({ entityKey }: { entityKey: string }) => {
  const intl = useIntl();
  const { data, error, refetch } = useHistory(entityKey);
  if (!data) { return error ? <ErrorMessage error={error} onRetry={refetch} /> : <Loading />; }
  if (!data.count) { return <p className="small mb-0">{intl.formatMessage(messages.nothing)}</p>; }
  const older = data.count - data.results.length;
  return (
    <>
      <ul className="small pl-3 mb-0">
        {data.results.map((entry) => <Entry key={idOf(entry)} entry={entry} />)}
      </ul>
      {older > 0 && <p className="small mb-0">{intl.formatMessage(messages.older, { count: older })}</p>}
    </>
  );
};
