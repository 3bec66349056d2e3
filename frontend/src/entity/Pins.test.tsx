import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { PinnedVersion } from '../data/api';
import { anEntity, aPin, mayNot } from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { Pins } from './Pins';
import { useStatus } from './useStatus';

const YEAST = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Ayeast/review/`;
const SENTENCE = 'Pinned version needs a review: “Yeast”, version 3';

let studio: MockAdapter;

const Shown = ({ pins }: { pins: PinnedVersion[] }) => {
  const { say, status } = useStatus();
  return <><Pins entity={anEntity({ unreviewed_pins: pins })} say={say} />{status}</>;
};

const show = (...pins: PinnedVersion[]) => {
  renderInStudio(<Shown pins={pins} />);
  return { user: userEvent.setup(), list: within(screen.getByRole('list', { name: 'Pinned versions' })) };
};

beforeEach(() => { studio = mockStudio('rita'); });

it('are approved one by one, as the versions that they are', async () => {
  const { user, list } = show(aPin(), aPin({ version_num: 4, draft_change_log_record_id: 34 }));
  expect(list.getByText(SENTENCE)).toBeVisible();
  studio.onPut(YEAST).reply(200, anEntity());
  await user.click(list.getByRole('button', { name: 'Approve: Yeast, version 3' }));
  expect(await screen.findByText('Approved: Yeast, version 3')).toBeVisible();
  expect(studio.history.put!.map(({ data }) => JSON.parse(data))).toEqual([{ draft_change_log_record_id: 33, note: '' }]);
  expect(list.getByRole('button', { name: 'Approve: Yeast, version 4' })).toBeEnabled();
});

it('say why they cannot be reviewed, and that a reviewer has requested changes', () => {
  const { list } = show(
    aPin({ changes_requested: true, may_review: mayNot('own_change', '2020-05-03T12:00:00Z') }),
    aPin({ version_num: 4, draft_change_log_record_id: null, may_review: mayNot('no_record') }),
    aPin({ key: null, title: 'Rye' }),
    aPin({ key: null, title: 'Oats' }),
  );
  expect(list.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    `${SENTENCE}Changes requestedYou changed this on May 3, 2020. Another reviewer has to review it.`,
    expect.stringMatching(/“Yeast”, version 4Studio has not recorded this change/),
    'Pinned version needs a review: “Rye”, version 3',
    'Pinned version needs a review: “Oats”, version 3',
  ]);
  expect(list.queryByRole('button')).not.toBeInTheDocument();
});

it('say in the server’s words why they were not approved', async () => {
  const { user, list } = show(aPin());
  studio.onPut(YEAST).reply(403, { code: 'own_change', detail: 'You changed “Yeast”.' });
  await user.click(list.getByRole('button', { name: /^Approve/ }));
  expect(await screen.findByText('You changed “Yeast”.')).toBeVisible();
  expect(list.getByRole('button', { name: /^Approve/ })).toBeEnabled();
});
