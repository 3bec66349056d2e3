/** The day by which an author needs a review: in words, and in bold if it is near or past. */
import { useIntl } from '@edx/frontend-platform/i18n';

import messages from './messages';

const NEAR = 2; // days

/** Days from today on, as the person's own calendar has it; less than 0 if the day is past. */
const daysUntil = (day: string) => {
  const now = new Date();
  return (Date.parse(day) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 86_400_000;
};

export const isPressing = (due: string | null | undefined) => Boolean(due) && daysUntil(due!) <= NEAR;

export const isPastDue = (due: string | null | undefined) => Boolean(due) && daysUntil(due!) < 0;

export const Due = ({ day }: { day: string }) => {
  const intl = useIntl();
  const days = daysUntil(day);
  const sentence = intl.formatMessage(messages.due, {
    when: days < 0 ? 'past' : ['today', 'tomorrow'][days], date: intl.formatDate(day, { month: 'short', day: 'numeric', timeZone: 'UTC' }),
  });
  return <span className={isPressing(day) ? 'font-weight-bold' : undefined}>{sentence}</span>;
};
