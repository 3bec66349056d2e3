import { screen } from '@testing-library/react';

import { renderInStudio } from '../testing/render';
import { Ago } from './Ago';

const NOW = Date.UTC(2026, 5, 15, 12);
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

it.each([
  ['now', -90], // by the clock of the server, which is ahead
  ['now', 0],
  ['now', MINUTE - 1],
  ['1 minute ago', MINUTE],
  ['1 minute ago', 2 * MINUTE - 1],
  ['59 minutes ago', HOUR - 1],
  ['1 hour ago', HOUR],
  ['23 hours ago', DAY - 1],
  ['yesterday', DAY],
  ['29 days ago', 30 * DAY - 1],
  ['last month', 30 * DAY],
  ['last year', 365 * DAY],
  ['2 years ago', 800 * DAY],
])('says “%s” of %d seconds', (text, seconds) => {
  jest.spyOn(Date, 'now').mockReturnValue(NOW);
  renderInStudio(<Ago time={new Date(NOW - seconds * 1000).toISOString()} />);
  expect(screen.getByText(text)).toBeVisible();
});

it('has the time itself, for people and for programs', () => {
  renderInStudio(<Ago time="2026-01-02T03:04:05Z" />);
  const time = screen.getByRole('time');
  expect(time).toHaveAttribute('datetime', '2026-01-02T03:04:05Z');
  expect(time).toHaveAttribute('title', expect.stringMatching(/^January \d, 2026 at /));
});
