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

const KNOWN: Record<string, string> = { true: 'yes', false: 'no' };

/** On what basis it went live. Nothing on record is not nothing to say. */
const Basis = ({ judgement }: { judgement: Judgement | null }) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  const basis = judgement?.basis ?? 'unexplained';
  if (basis === 'unexplained') {
    return <strong className="d-block text-danger">{intl.formatMessage(messages.unexplained)}</strong>;
  }
  const { unreviewed = null, mode = null, reason = '' } = judgement ?? {};
  return (
    <div>
      {intl.formatMessage(messages.basis, { basis, unreviewed: KNOWN[String(unreviewed)], mode })}
      {basis === 'bypassed' && unreviewed !== false && (
        <>
          {' '}
          {judgement?.decided_by
            ? intl.formatMessage(messages.decidedBy, { name: nameOf(judgement.decided_by) })
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
