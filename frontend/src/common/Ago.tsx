import { useEffect, useReducer } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3_600], ['minute', 60],
];

/** When something happened, as people say it: “3 hours ago”. The time itself is in the title. */
export const Ago = ({ time }: { time: string }) => {
  const intl = useIntl();
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const clock = setInterval(tick, 60_000);
    return () => clearInterval(clock);
  }, []);
  const seconds = (Date.now() - new Date(time).getTime()) / 1000;
  const [unit, length] = UNITS.find(([, inSeconds]) => seconds >= inSeconds) ?? ['second', 1];
  // “now” for what was in the last minute, and for what a clock that is slow puts into the future.
  const passed = unit === 'second' ? 0 : Math.floor(seconds / length);
  return (
    <time dateTime={time} title={intl.formatDate(time, { dateStyle: 'long', timeStyle: 'short' })}>
      {intl.formatRelativeTime(-passed, unit, { numeric: 'auto' })}
    </time>
  );
};
