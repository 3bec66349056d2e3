/** Somebody has the workspace open, and others edit, publish, or take their permissions away. */
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Entity } from '../data/api';
import { refreshReviews } from '../data/library';
import { HeaderAction } from '../header';
import {
  aDifference, aLibrary, anEntity, aQueue, aReview, aRow, mayNot,
} from '../testing/data';
import {
  API, mockStudio, renderInStudio, startAfresh,
} from '../testing/render';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const SALT = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Asalt/`;

let studio: MockAdapter;

const answers = (entity: Partial<Entity>) => (
  studio.onGet(new RegExp(`^${API}/entities/\\?`)).reply(200, { results: [anEntity(entity)], missing: [] })
);

beforeEach(() => {
  startAfresh();
  studio = mockStudio();
  studio.onGet(LIBRARY).reply(200, aLibrary());
  studio.onGet(new RegExp(`^${LIBRARY}queue/`)).reply(200, aQueue([aRow({ key: anEntity().key, title: 'Salt' })]));
  studio.onGet(/\/difference\//).reply(200, aDifference());
  studio.onGet(/\/embed\/student_view\//).reply(404);
  answers({});
});

afterEach(() => { jest.useRealTimers(); });

const heading = (name: string) => screen.findByRole('heading', { level: 2, name });
const openWorkspace = async () => {
  const shown = renderInStudio(<HeaderAction />, { at: '/library/lib:Test:Bread?reviews=all&reviews-whose=all' });
  await heading('Salt');
  await screen.findAllByText(/^Studio cannot show a preview/);
  return shown;
};
/** The requests of the next minute. */
const ofAMinute = async () => {
  const before = studio.history.get!.length;
  // In steps, because React waits with what follows from a change until the end of one.
  for (let second = 0; second < 60; second += 1) {
    await act(() => jest.advanceTimersByTimeAsync(1_000)); // eslint-disable-line no-await-in-loop
  }
  return studio.history.get!.slice(before).map(({ url }) => url);
};

it('asks only for the library, every half minute, as long as nothing has changed', async () => {
  jest.useFakeTimers();
  await openWorkspace();
  expect(await ofAMinute()).toEqual([LIBRARY, LIBRARY]);
});

it('loads what is shown again when something has changed', async () => {
  jest.useFakeTimers();
  await openWorkspace();
  studio.onGet(LIBRARY).reply(200, aLibrary({ revision: '2' }));
  answers({ title: 'Sea salt' });
  const asked = await ofAMinute();
  expect(asked.filter((url) => url === LIBRARY)).toHaveLength(2);
  // Each once, and nothing for the difference: the change is the same.
  expect(asked.filter((url) => url !== LIBRARY).map((url) => url!.replace(/\?.*/, '')).sort()).toEqual([
    `${API}/entities/`, `${LIBRARY}imports/`, `${LIBRARY}queue/`,
  ]);
  expect(await heading('Sea salt')).toBeVisible();
});

it('asks for nothing while nobody looks at it', async () => {
  jest.useFakeTimers();
  await openWorkspace();
  const visibility = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  expect(await ofAMinute()).toEqual([]);
  visibility.mockReturnValue('visible');
  expect(await ofAMinute()).not.toEqual([]);
});

it('keeps everything, and says so, when it may not be seen any more', async () => {
  const user = userEvent.setup();
  const { queryClient } = await openWorkspace();
  await user.type(screen.getByRole('textbox', { name: 'Note' }), 'Ten grams');
  studio.resetHandlers();
  studio.onGet().reply(403);
  await act(() => refreshReviews(queryClient));
  expect(await screen.findByText('You have no access to the reviews of this library.')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Log in' })).not.toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: 'Note' })).toHaveValue('Ten grams');
  expect(await heading('Salt')).toBeVisible();
  expect(screen.getByRole('button', { name: /^Salt/ })).toBeVisible();
});

it('takes a publish for no edit, and no verdict on it', async () => {
  const { queryClient } = await openWorkspace();
  answers({ change: null, draft_change_log_record_id: null, may_review: mayNot('nothing_to_review') });
  await act(() => refreshReviews(queryClient));
  expect(await screen.findByText(/nothing to publish/)).toBeVisible();
  expect(screen.queryByText(/Someone edited this/)).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Approve' })).not.toBeInTheDocument();
});

it('lets one’s own approval be withdrawn also where what changed cannot be shown', async () => {
  const user = userEvent.setup();
  answers({ is_reviewed: true, reviews: [aReview()] });
  studio.onGet(/\/difference\//).reply(403);
  renderInStudio(<HeaderAction />, { at: '/library/lib:Test:Bread?reviews=all&reviews-whose=all' });
  const withdraw = await screen.findByRole('button', { name: 'Withdraw my approval' });
  await waitFor(() => expect(withdraw).not.toHaveAttribute('aria-disabled', 'true'));
  // Nothing else is said about what nobody has seen.
  expect(screen.getByRole('button', { name: 'Request changes' })).toHaveAttribute('aria-disabled', 'true');
  studio.onDelete(`${SALT}review/`).reply(200, anEntity());
  await user.click(withdraw);
  expect(await screen.findByText('Withdrawn: Salt')).toBeVisible();
  expect(studio.history.delete).toHaveLength(1);
});
