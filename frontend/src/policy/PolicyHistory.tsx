/** Who has changed the settings, when and why; and for how long reviews were not required, and what went live then. */
import { useIntl } from '@edx/frontend-platform/i18n';
import { Alert } from '@openedx/paragon';

import {
  Ago, ErrorMessage, Loading, usePersonName,
} from '../common';
import type { Library } from '../data/api';
import { usePolicyHistory, type OpenPeriod, type PolicyChange } from '../data/policy';
import messages from './messages';

const MINUTE: [string, number] = ['minute', 60_000];
const UNITS: [string, number][] = [['day', 86_400_000], ['hour', 3_600_000]];

const useLength = () => {
  const intl = useIntl();
  return (since: string, until: string) => {
    const passed = new Date(until).getTime() - new Date(since).getTime();
    const [unit, length] = UNITS.find(([, inMilliseconds]) => passed >= inMilliseconds) ?? MINUTE;
    // Half a minute is not nothing.
    return intl.formatNumber(Math.max(Math.floor(passed / length), 1), { style: 'unit', unit, unitDisplay: 'long' });
  };
};

/** The last time in which unreviewed changes were not refused. */
const LastOpenPeriod = ({ period }: { period: OpenPeriod }) => {
  const intl = useIntl();
  const lengthOf = useLength();
  const nameOf = (time: string) => intl.formatDate(time, { dateStyle: 'medium', timeStyle: 'short' });
  const { since, until } = period;
  return (
    <Alert variant={period.unreviewed_count > 0 ? 'warning' : 'info'} className="p-3">
      {intl.formatMessage(messages.openPeriod, {
        isKnown: since !== null,
        length: since && lengthOf(since, until),
        since: since && nameOf(since),
        until: nameOf(until),
        publishes: period.publish_count,
        changes: period.change_count,
        unreviewed: period.unreviewed_count,
      })}
    </Alert>
  );
};

const ChangeOfPolicy = ({ change }: { change: PolicyChange }) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  const named = (value: string | null) => {
    if (value === null) { return '?'; }
    if (change.field === 'mode') { return intl.formatMessage(messages.modeName, { mode: value }); }
    if (change.field === 'review_starts') { return intl.formatMessage(messages.reviewStartsRule, { starts: value }); }
    return change.field === 'who_may_review' ? intl.formatMessage(messages.whoMayReviewRule, { rule: value }) : value;
  };
  const shown = (value: string | null, inForce: string | null) => (
    value === null ? intl.formatMessage(messages.historyDefault, { value: named(inForce) }) : named(value)
  );
  return (
    <li>
      {intl.formatMessage(messages.historyChange, {
        field: change.field,
        before: shown(change.old_value, change.old_in_force),
        after: shown(change.new_value, change.new_in_force),
      })}
      {' · '}
      {change.changed_by ? nameOf(change.changed_by) : intl.formatMessage(messages.historyNobody)}
      {', '}
      <Ago time={change.changed_at} />
      {change.reason && <q className="d-block font-italic" dir="auto">{change.reason}</q>}
    </li>
  );
};

export const PolicyHistory = ({ library }: { library: Library }) => {
  const intl = useIntl();
  const { data, error, refetch } = usePolicyHistory(library.key);
  if (!data) { return error ? <ErrorMessage error={error} onRetry={refetch} /> : <Loading />; }
  const period = data.results.find(({ ended_open_period: ended }) => ended)?.ended_open_period;
  const older = data.count - data.results.length;
  return (
    <>
      {library.mode === 'required' && period && <LastOpenPeriod period={period} />}
      {data.count > 0 && (
        <details className="small">
          <summary>{intl.formatMessage(messages.history, { count: data.count })}</summary>
          <ul className="pl-3 mt-2 mb-0">
            {data.results.map((change) => <ChangeOfPolicy key={change.id} change={change} />)}
          </ul>
          {older > 0 && <p className="mb-0">{intl.formatMessage(messages.historyOlder, { count: older })}</p>}
        </details>
      )}
    </>
  );
};
