import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import type { Library } from '../data/api';
import { aLibrary } from '../testing/data';
import { mockStudio, renderInStudio } from '../testing/render';
import { ModeLine } from './ModeLine';

const lastPublish = (change: Partial<NonNullable<Library['last_publish']>> = {}) => ({
  publish_log_id: 7, published_at: new Date().toISOString(), change_count: 5, unreviewed_count: 2, ...change,
});
const show = (library: Partial<Library>) => renderInStudio(<ModeLine library={aLibrary(library)} />);

beforeEach(() => {
  window.sessionStorage.clear();
  mockStudio();
});

it.each([
  ['required', null],
  ['advisory', 'Advisory mode: unreviewed changes can be published, and it is put on record.'],
  ['off', 'Reviews are switched off in this library: changes can be published without a review.'],
] as const)('says what %s lets pass', (mode, sentence) => {
  const { container } = show({ mode });
  expect(container.textContent).toBe(sentence ?? '');
});

it.each([
  [{}, /^2 of the 5 changes published now were not reviewed\. This library is in advisory mode\./],
  [{ change_count: 2 }, /^The 2 changes published now were not reviewed\./],
  [{ change_count: 1, unreviewed_count: 1 }, /^The change published now was not reviewed\./],
  [{ unreviewed_count: 1 }, /^1 of the 5 changes published now was not reviewed\./],
])('tells how much of the last publish was not reviewed: %j', (change, sentence) => {
  show({ mode: 'advisory', last_publish: lastPublish(change) });
  expect(screen.getByRole('alert')).toHaveTextContent(sentence);
});

it('tells nothing of a publish that was reviewed', () => {
  show({ mode: 'advisory', last_publish: lastPublish({ unreviewed_count: 0 }) });
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

it('is dismissed for one publish, and tells of the next', async () => {
  const { unmount } = show({ mode: 'advisory', last_publish: lastPublish() });
  await userEvent.setup().click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  unmount();
  const again = show({ mode: 'advisory', last_publish: lastPublish() });
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  again.unmount();
  show({ mode: 'advisory', last_publish: lastPublish({ publish_log_id: 8 }) });
  expect(screen.getByRole('alert')).toBeVisible();
});
