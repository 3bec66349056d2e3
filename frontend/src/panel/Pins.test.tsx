/** Versions that a container pins and that need a review. */
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Entity } from '../data/api';
import { INITIAL_STATE, seenRecords, setPanelState } from '../panelState';
import {
  aLibrary, anEntity, aPage, aPin, LIBRARY_KEY, mayNot,
} from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { ReviewPanel } from './ReviewPanel';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const YEAST = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Ayeast/review/`;
const SENTENCE = 'Pinned version needs a review: “Yeast”, version 3';

const dough = (change: Partial<Entity> = {}) => anEntity({
  key: 'lct:Test:Bread:unit:dough', title: 'Dough', kind: 'unit', block_type: 'unit', draft_change_log_record_id: 20, ...change,
});

let studio: MockAdapter;

const openedOn = async (unit: Entity) => {
  studio.onGet(new RegExp(`^${LIBRARY}entities/\\?state`)).reply(200, aPage([unit]));
  renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
  return within(await screen.findByRole('list', { name: 'Pinned versions' }));
};

beforeEach(() => {
  seenRecords.clear();
  setPanelState(INITIAL_STATE);
  studio = mockStudio('rita');
  studio.onGet(LIBRARY).reply(200, aLibrary());
});

it('are listed, and reviewed as the versions that they are', async () => {
  const user = userEvent.setup();
  const pins = await openedOn(dough({ unreviewed_pins: [aPin()] }));
  expect(pins.getByText(SENTENCE)).toBeVisible();
  expect(pins.queryByText('Changes requested')).not.toBeInTheDocument();
  studio.onPut(YEAST).reply(200, anEntity());
  studio.onGet(new RegExp(`^${LIBRARY}entities/\\?state`)).reply(200, aPage([dough()]));
  await user.click(pins.getByRole('button', { name: 'Approve: Yeast, version 3' }));
  expect(await screen.findByText('Approved: Yeast, version 3')).toHaveFocus();
  expect(screen.queryByText(SENTENCE)).not.toBeInTheDocument();
  expect(JSON.parse(studio.history.put![0]!.data)).toEqual({ draft_change_log_record_id: 33, note: '' });
});

it('say why they cannot be reviewed, and that a reviewer has requested changes', async () => {
  const pins = await openedOn(dough({
    unreviewed_pins: [
      aPin({ changes_requested: true, may_review: mayNot('own_change', '2020-05-03T12:00:00Z') }),
      aPin({ version_num: 4, draft_change_log_record_id: null, may_review: mayNot('no_record') }),
      aPin({ key: null, title: 'Rye' }),
      aPin({ key: null, title: 'Oats' }),
    ],
  }));
  expect(pins.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    `${SENTENCE}Changes requestedYou changed this on May 3, 2020. Another reviewer has to review it.`,
    expect.stringMatching(/“Yeast”, version 4Studio has not recorded this change/),
    'Pinned version needs a review: “Rye”, version 3',
    'Pinned version needs a review: “Oats”, version 3',
  ]);
  expect(pins.queryByRole('button')).not.toBeInTheDocument();
});

it('say in the server’s words why they were not marked', async () => {
  const user = userEvent.setup();
  const pins = await openedOn(dough({ unreviewed_pins: [aPin()] }));
  studio.onPut(YEAST).reply(403, { code: 'own_change', detail: 'You changed “Yeast”.' });
  await user.click(pins.getByRole('button', { name: /^Approve/ }));
  expect(await screen.findByText('You changed “Yeast”.')).toBeVisible();
});

describe('in the review of a whole container', () => {
  const yeast = anEntity({
    key: 'lb:Test:Bread:html:yeast', title: 'Yeast', draft_version_num: 5, draft_change_log_record_id: 35,
  });
  const opened = async (...inside: Entity[]) => {
    const user = userEvent.setup();
    await openedOn(inside[0]!);
    studio.onGet(/inside=/).reply(200, aPage(inside));
    await user.click(screen.getByRole('button', { name: 'Review with contents: Dough' }));
    return { user, dialog: within(await screen.findByRole('dialog', { name: 'Review with contents: Dough' })) };
  };
  const posted = () => studio.history.post!.map(({ data }) => JSON.parse(data).items);

  it('are marked with it; in a request of their own where the draft of the same item is marked, too', async () => {
    const { user, dialog } = await opened(
      dough({ unreviewed_pins: [aPin(), aPin({ version_num: 5, draft_change_log_record_id: 35 })] }),
      dough({
        key: 'lct:Test:Bread:unit:other', title: 'Other', unreviewed_pins: [aPin()], draft_change_log_record_id: 21,
      }),
      yeast,
    );
    const marked = await dialog.findByRole('region', { name: '4 changes to approve' });
    expect(within(marked).getAllByText(SENTENCE)).toHaveLength(1);
    studio.onPost(`${LIBRARY}reviews/`).replyOnce(200, { reviewed: 3 }).onPost(`${LIBRARY}reviews/`).reply(200, { reviewed: 1 });
    await user.click(dialog.getByRole('button', { name: 'Approve 4' }));
    expect(await screen.findByText('4 items approved.')).toBeVisible();
    expect(posted()).toEqual([
      [
        { key: 'lct:Test:Bread:unit:dough', draft_change_log_record_id: 20 },
        { key: 'lct:Test:Bread:unit:other', draft_change_log_record_id: 21 },
        { key: yeast.key, draft_change_log_record_id: 35 },
      ],
      [{ key: yeast.key, draft_change_log_record_id: 33 }],
    ]);
  });

  it('say how far it got if only the second request was refused', async () => {
    const { user, dialog } = await opened(dough({ unreviewed_pins: [aPin()] }), yeast);
    studio.onPost(`${LIBRARY}reviews/`).replyOnce(200, { reviewed: 2 }).onPost(`${LIBRARY}reviews/`).reply(409, {
      code: 'not_all_reviewable',
      detail: 'Nothing was marked.',
      details: { items: [{ key: yeast.key, code: 'stale_review', detail: '“Yeast” has changed since.' }] },
    });
    await user.click(await dialog.findByRole('button', { name: 'Approve 3' }));
    expect(await dialog.findByText(/Only 2 items were approved, because of one item\./)).toBeVisible();
    expect(dialog.getByText('“Yeast” has changed since.')).toBeVisible();
  });

  it('are left, if one says so, where one cannot review them', async () => {
    const { user, dialog } = await opened(dough({ unreviewed_pins: [aPin({ may_review: mayNot('own_change') })] }));
    const left = await dialog.findByRole('region', { name: '1 change you cannot approve' });
    expect(left).toHaveTextContent(`${SENTENCE}You changed this. Another reviewer has to review it.`);
    expect(dialog.queryByRole('button', { name: /as reviewed/ })).not.toBeInTheDocument();
    await user.click(dialog.getByRole('checkbox', { name: 'Leave out the change that I cannot review' }));
    expect(dialog.getByRole('button', { name: 'Approve 1' })).toBeEnabled();
  });

  it('can be all that there is to review', async () => {
    const { dialog } = await opened(dough({ change: 'contents', unreviewed_pins: [aPin()] }));
    expect(await dialog.findByText(SENTENCE)).toBeVisible();
    await waitFor(() => expect(dialog.getByRole('button', { name: 'Approve 1' })).toBeEnabled());
  });
});
