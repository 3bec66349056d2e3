/** One change on the person's list. It leads to the change in the workspace of its library. */
import { forwardRef } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Icon } from '@openedx/paragon';
import { Link } from 'react-router-dom';

import { Ago, usePersonName } from '../common';
import type { MyGroup } from '../data/mine';
import { isMe } from '../data/own';
import type { MyReview } from '../data/schema';
import { Due, isPastDue } from '../entity/Due';
import { ALL, addressWith } from '../reviewsAddress';
import { iconOf } from './icons';
import messages from './messages';

interface Props {
  row: MyReview;
  group: MyGroup;
}

const addressOf = ({ key, library }: MyReview, group: MyGroup) => {
  // In the workspace the change is in its list, too.
  const whose = group === 'with_others' || group === 'overdue' ? 'all' : '';
  return `/library/${library.key}?${addressWith(ALL, { change: key ?? '', whose }, '')}`;
};

export const MyRow = forwardRef<HTMLAnchorElement, Props>(({ row, group }, ref) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  const {
    title, library, state, due, requested_by: asking, waiting_since: since,
  } = row;
  return (
    <li className="sample-plugin-reviews-mine__row">
      <Icon src={iconOf(row.block_type)} className="mt-1" />
      <div>
        {/* A step also where Studio's page below has this address already. */}
        <Link ref={ref} to={addressOf(row, group)} replace={false} className="sample-plugin-reviews-mine__title" dir="auto">
          {title}
        </Link>
        <p className="sample-plugin-reviews-mine__line">
          {intl.formatMessage(messages.rowLine, {
            type: row.block_type, change: row.change, library: <bdi>{library.title}</bdi>,
          })}
          {asking && (
            <>{' · '}{intl.formatMessage(messages.asked, { isOwn: isMe(asking), name: <bdi>{nameOf(asking)}</bdi> })}</>
          )}
          {since && <>{' · '}{intl.formatMessage(messages.since, { state, ago: <Ago time={since} /> })}</>}
        </p>
      </div>
      <div className="sample-plugin-reviews-mine__state">
        <span data-state={state}>{intl.formatMessage(messages.state, { state })}</span>
        {due && <Due day={due} />}
        {row.is_overdue && !isPastDue(due) && (
          <strong>{intl.formatMessage(messages.overdue, { days: row.age_days ?? 0 })}</strong>
        )}
      </div>
    </li>
  );
});
