/** Bars: how many changes are open, by age. They are a table, so a screen reader reads the numbers. */
import { useIntl } from '@edx/frontend-platform/i18n';

import type { Figures } from '../data/schema';
import messages from './messages';

export const OpenByAge = ({ figures }: { figures: Figures }) => {
  const intl = useIntl();
  const { open_by_age: ages, unreviewed, changes_requested: requested } = figures;
  const longest = Math.max(...ages.map(({ count }) => count), 1);
  return (
    <table className="sample-plugin-reviews-figures__bars">
      <caption>
        {intl.formatMessage(messages.open, { unreviewed, requested, overdue: figures.overdue })}
      </caption>
      <tbody>
        {ages.map(({ from_days: from, to_days: to, count }) => (
          <tr key={from}>
            <th scope="row">{intl.formatMessage(messages.age, { hasEnd: to !== null, from, to })}</th>
            <td>
              <span aria-hidden style={{ width: `${(80 * count) / longest}%` }} />
              {intl.formatNumber(count)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
