/** The whole story of an item: its edits, its reviews, and how each of its publishes was judged. */
import type { ReactNode } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';

import { Ago, ErrorMessage, Loading } from '../common';
import type { HistoryEntry } from '../data/schema';
import { Basis } from './Basis';
import { PastReview } from './PastReview';
import { useHistory } from './useHistory';
import messages from './messages';

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

/** What another plugin tells: its words for what happened, and those of the person. */
const Added = ({ entry: { person, time, added } }: { entry: HistoryEntry }) => {
  const intl = useIntl();
  return (
    <li className="mt-1">
      {intl.formatMessage(messages.added, {
        what: added!.title,
        by: person ? 'person' : 'nobody',
        name: person?.name || person?.username,
        ago: <Ago time={time} />,
      })}
      {added!.text && <div dir="auto" className="text-break">{added!.text}</div>}
    </li>
  );
};

const Entry = ({ entry }: { entry: HistoryEntry }) => {
  const {
    kind, review, judgement, added,
  } = entry;
  if (added) { return <Added entry={entry} />; }
  if (kind === 'publish') { return <Line entry={entry}><Basis judgement={judgement} /></Line>; }
  if (!review) { return <Line entry={entry} />; }
  return <PastReview review={review} withVersion />;
};

const idOf = ({
  kind, time, version_num: version, review, judgement, added,
}: HistoryEntry) => [kind, time, version, review?.id ?? judgement?.publish_log_id ?? added?.code, added?.text].join(' ');

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
      {!data.is_complete && <p className="small mb-0">{intl.formatMessage(messages.incomplete)}</p>}
      {older > 0 && <p className="small mb-0">{intl.formatMessage(messages.older, { count: older })}</p>}
    </>
  );
};
