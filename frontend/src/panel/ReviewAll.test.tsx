/** A container and every change inside it, reviewed together. */
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Entity } from '../data/api';
import { INITIAL_STATE, seenRecords, setPanelState } from '../panelState';
import {
  aDifference, aLibrary, anEntity, aPage, aRequest, aReview, LIBRARY_KEY, mayNot,
} from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { ReviewPanel } from './ReviewPanel';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const NAME = 'Review with contents: Dough';
const UNIT_SELECTED = { at: '/library/lib:Test:Bread/unit/lct:Test:Bread:unit:dough' };

const dough = anEntity({
  key: 'lct:Test:Bread:unit:dough', title: 'Dough', kind: 'unit', block_type: 'unit', draft_change_log_record_id: 20,
});
const salt = anEntity();
const own = anEntity({
  key: 'lb:Test:Bread:html:own', title: 'Oil', may_review: mayNot('own_change'), is_own_change: true,
});
const done = anEntity({
  key: 'lb:Test:Bread:html:done', title: 'Water', is_reviewed: true, reviews: [aReview()],
});

let studio: MockAdapter;

const inside = (...entities: Entity[]) => studio.onGet(/inside=/).reply(200, aPage(entities));
const asked = () => studio.history.get!.filter(({ url }) => url!.includes('inside='))
  .map(({ url }) => Object.fromEntries(new URL(url!).searchParams));
const posted = () => studio.history.post!.map(({ url, data }) => [url, JSON.parse(data)]);

const shown = async (unit = dough) => {
  studio.onGet(new RegExp(`^${API}/entities/\\?key=`)).reply(200, { results: [unit], missing: [] });
  studio.onGet(new RegExp(`^${LIBRARY}entities/\\?state`)).reply(200, aPage([]));
  renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />, UNIT_SELECTED);
  await screen.findByRole('heading', { name: unit.title });
};
const opened = async (unit = dough) => {
  const user = userEvent.setup();
  await shown(unit);
  await user.click(screen.getByRole('button', { name: NAME }));
  return { user, dialog: within(await screen.findByRole('dialog', { name: NAME })) };
};

beforeEach(() => {
  seenRecords.clear();
  setPanelState(INITIAL_STATE);
  studio = mockStudio('rita');
  studio.onGet(LIBRARY).reply(200, aLibrary());
});

it('lists what it covers and what it leaves, each with its state, and marks it as one', async () => {
  inside(dough, salt, { ...done, requests: [] }, own);
  const { user, dialog } = await opened();
  const marked = await dialog.findByRole('region', { name: '2 changes to approve' });
  expect(within(marked).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'DoughUnit · edited · AdaNot reviewedWhat changed', 'SaltText · edited · AdaNot reviewedWhat changed',
  ]);
  const left = dialog.getByRole('region', { name: '2 changes you cannot approve' });
  expect(within(left).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'WaterText · edited · AdaReviewedWhat changedYou have reviewed this already.',
    'OilText · edited · AdaNot reviewedWhat changedYou changed this. Another reviewer has to review it.',
  ]);
  studio.onPost(`${LIBRARY}reviews/`).reply(200, { reviewed: 2 });
  // All or nothing, unless somebody says that it is to be less.
  expect(dialog.queryByRole('button', { name: 'Approve 2' })).not.toBeInTheDocument();
  await user.click(dialog.getByRole('checkbox', { name: 'Leave out the change that I cannot review' }));
  await user.click(dialog.getByRole('button', { name: 'Add a note' }));
  await user.keyboard('All amounts checked');
  await user.click(dialog.getByRole('button', { name: 'Approve 2' }));
  expect(await screen.findByText('2 items approved.')).toBeVisible();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(posted()).toEqual([[`${LIBRARY}reviews/`, {
    items: [
      { key: dough.key, draft_change_log_record_id: 20 }, { key: salt.key, draft_change_log_record_id: 12 },
    ],
    note: 'All amounts checked',
  }]]);
});

it('asks for no leave to leave out what one has reviewed already', async () => {
  inside(salt, { ...done, requests: [] });
  const { dialog } = await opened();
  expect(await dialog.findByRole('button', { name: 'Approve 1' })).toBeEnabled();
  expect(dialog.queryByRole('checkbox')).not.toBeInTheDocument();
});

it('asks for all pages', async () => {
  studio.onGet(/inside=.*[?&]page=1(&|$)/).reply(200, aPage([dough], { count: 2, num_pages: 2 }));
  studio.onGet(/inside=.*[?&]page=2(&|$)/).reply(200, aPage([dough, salt], { count: 2, num_pages: 2, current_page: 2 }));
  const { dialog } = await opened();
  expect(await dialog.findByRole('button', { name: 'Approve 2' })).toBeEnabled();
  expect(asked().map(({ page, inside: of, state }) => [page, of, state])).toEqual([
    ['1', dough.key, 'all'], ['2', dough.key, 'all'],
  ]);
});

it('stops at a thousand, and says so', async () => {
  studio.onGet(/inside=/).reply(({ url }) => {
    const page = Number(new URL(url!).searchParams.get('page'));
    const entities = Array.from({ length: 100 }, (_, index) => anEntity({
      key: `lb:Test:Bread:html:${page}-${index}`, change: 'edited', may_review: { allowed: index === 0, reason: null, changed_at: null },
    }));
    return [200, aPage(entities, { count: 1_234, num_pages: 13, current_page: page })];
  });
  const { dialog } = await opened();
  expect(await dialog.findByText('The first 1,000 of 1,234 changes:', {}, { timeout: 5_000 })).toBeVisible();
  expect(asked()).toHaveLength(10);
}, 20_000);

it('is there for a container of which only the contents have changed, which is not marked itself', async () => {
  const unit = anEntity({ ...dough, change: 'contents', may_review: mayNot('nothing_to_review') });
  inside(unit, salt);
  const { dialog } = await opened(unit);
  expect(await dialog.findByRole('button', { name: 'Approve 1' })).toBeEnabled();
  expect(dialog.getAllByRole('listitem')).toHaveLength(1);
});

it.each([
  ['a component', { kind: 'component' }],
  ['what is deleted', { change: 'deleted' as const }],
  ['what has no changes', { change: null }],
])('is not offered for %s', async (_, change) => {
  await shown({ ...dough, ...change });
  expect(screen.queryByRole('button', { name: NAME })).not.toBeInTheDocument();
});

it('is not offered to those who may not review', async () => {
  studio.onGet(LIBRARY).reply(200, aLibrary({ may: { ...aLibrary().may, review: false } }));
  await shown();
  expect(screen.queryByRole('button', { name: NAME })).not.toBeInTheDocument();
});

it('shows what changed in place, and only in what is asked about', async () => {
  inside(dough, salt);
  studio.onGet(/html%3Asalt\/difference/).reply(200, aDifference());
  const { user, dialog } = await opened();
  const button = await dialog.findByRole('button', { name: 'What changed: Salt' });
  expect(button).toHaveAttribute('aria-expanded', 'false');
  await user.click(button);
  expect(button).toHaveAttribute('aria-expanded', 'true');
  expect(await dialog.findByRole('row', { name: /Two grams/ })).toBeVisible();
  expect(studio.history.get!.filter(({ url }) => url!.includes('difference'))).toHaveLength(1);
  await user.click(button);
  expect(dialog.queryByRole('row', { name: /Two grams/ })).not.toBeInTheDocument();
});

it('says of which it is worth knowing more', async () => {
  seenRecords.set(salt.key!, 11);
  inside(salt, { ...dough, requests: [aRequest()] });
  const { dialog } = await opened();
  expect(await dialog.findByText('Someone edited this since you first saw it here.')).toBeVisible();
  expect(dialog.getByText('Another reviewer has requested changes. This cannot be published while their request is open.')).toBeVisible();
});

it('says so if there is nothing to review', async () => {
  inside();
  const { dialog } = await opened();
  expect(await dialog.findByText('No changes to review here.')).toBeVisible();
  expect(dialog.queryByRole('button', { name: /as reviewed/ })).not.toBeInTheDocument();
});

it('says so if it could not be loaded, and tries again', async () => {
  studio.onGet(/inside=/).reply(404);
  const { user, dialog } = await opened();
  expect(await dialog.findByRole('alert')).toHaveTextContent('You have no access');
  inside(salt);
  await user.click(dialog.getByRole('button', { name: 'Try again' }));
  expect(await dialog.findByRole('button', { name: 'Approve 1' })).toBeEnabled();
});

it('marks nothing if anything stands in the way, says what, and shows it as it is now', async () => {
  inside(dough, salt);
  const { user, dialog } = await opened();
  studio.onPost(`${LIBRARY}reviews/`).reply(409, {
    code: 'not_all_reviewable',
    detail: 'Nothing was marked.',
    details: { items: [{ key: salt.key, code: 'stale_review', detail: '“Salt” has changed since.' }] },
  });
  await user.click(await dialog.findByRole('button', { name: 'Approve 2' }));
  expect(await dialog.findByText(/Nothing was approved, because of one item/)).toBeVisible();
  expect(dialog.getByText('“Salt” has changed since.')).toBeVisible();
  expect(document.activeElement).toHaveTextContent('“Salt” has changed since.');

  inside(dough, { ...salt, draft_change_log_record_id: 13 });
  await user.click(dialog.getByRole('button', { name: 'Show latest version' }));
  await waitFor(() => expect(dialog.queryByText(/Nothing was marked/)).not.toBeInTheDocument());
  studio.onPost(`${LIBRARY}reviews/`).reply(200, { reviewed: 2 });
  await user.click(await dialog.findByRole('button', { name: 'Approve 2' }));
  await screen.findByText('2 items approved.');
  expect(posted().at(-1)![1].items[1]).toEqual({ key: salt.key, draft_change_log_record_id: 13 });
});

it('says in the server’s words why it was refused', async () => {
  inside(salt);
  const { user, dialog } = await opened();
  studio.onPost(`${LIBRARY}reviews/`).reply(403, { code: 'permission_denied', detail: 'You may not review.' });
  await user.click(await dialog.findByRole('button', { name: 'Approve 1' }));
  expect(await dialog.findByText('You may not review.')).toBeVisible();
});
