import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Entity, QueueRow } from '../data/api';
import { useEntity } from '../data/queueHooks';
import type { OpenRequest } from '../data/schema';
import { HeaderAction } from '../header';
import {
  LIBRARY_KEY, aDifference, aLibrary, aPerson, aQueue, aRequest, aReviewRequest, aRow, anEntity,
} from '../testing/data';
import {
  API, mockStudio, renderInStudio, startAfresh,
} from '../testing/render';
import { Notice } from '../verdict/Notice';
import { useVerdicts } from '../verdict/useVerdicts';
import { Asking } from '.';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const MANY = `${LIBRARY}review-requests/`;
const REQUEST = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Asalt/review-request/`;
const AUTHOR = aLibrary({ may: { ...aLibrary().may, review: false, request_review: true } });
const RITA = aPerson('rita', 'Rita');
const OTTO = aPerson('otto', 'Otto');
const NO_REVIEWER = { code: 'reviewer_not_allowed', detail: 'nobody may not review in this library: ask another person.' };

let studio: MockAdapter;
let entity: Entity;

beforeEach(() => {
  startAfresh();
  studio = mockStudio('ada');
  entity = anEntity({ is_in_progress: true });
  studio.onGet(LIBRARY).reply(200, AUTHOR);
  studio.onGet(`${LIBRARY}reviewers/`).reply(200, { results: [RITA, OTTO] });
  studio.onGet(new RegExp(`${API}/entities/\\?`)).reply(() => [200, { results: [entity], missing: [] }]);
  studio.onGet(/\/difference\//).reply(200, aDifference());
});

const Change = () => {
  const { data } = useEntity(anEntity().key!, '1');
  const verdicts = useVerdicts(LIBRARY_KEY);
  return data ? <><Asking library={AUTHOR} entity={data} verdicts={verdicts} /><Notice verdicts={verdicts} /></> : null;
};
/** The server does what it is asked to, and the item is like this from then on. */
const answers = (change: Partial<Entity>) => (): [number, Entity] => {
  entity = { ...entity, ...change };
  return [200, entity];
};
const open = async () => {
  const shown = renderInStudio(<Change />);
  await screen.findByRole('group', { name: 'Request for a review' });
  return { ...shown, user: userEvent.setup() };
};
const button = (name: string) => screen.getByRole('button', { name });
const field = (name: RegExp) => screen.findByLabelText(name);
const sent = () => studio.history.post!.map(({ data }) => JSON.parse(data ?? 'null'));

it('asks people by name, keeps what was typed, and says at the field who may not review', async () => {
  studio.onPost(REQUEST).replyOnce(409, NO_REVIEWER);
  const { user, unmount } = await open();
  expect(screen.getByText('Nobody has asked for a review yet.')).toBeVisible();
  await user.click(button('Ask for a review'));
  expect(await field(/^Reviewers/)).toHaveFocus();
  await user.keyboard('rita{Enter}otto, nobody');
  await user.type(await field(/^Message/), ' Salty? ');
  await user.keyboard('{Escape}');
  expect(button('Ask for a review')).toHaveFocus();
  unmount();

  await open();
  expect(await screen.findByRole('button', { name: 'Do not ask Otto' })).toBeVisible();
  await user.click(button('Ask'));
  expect(await field(/^Reviewers/)).toHaveAccessibleDescription(expect.stringContaining(NO_REVIEWER.detail));
  expect(await field(/^Reviewers/)).toHaveFocus();
  await user.clear(await field(/^Reviewers/));
  expect(screen.queryByText(NO_REVIEWER.detail)).not.toBeInTheDocument();
  await user.click(button('Do not ask Otto'));
  await user.type(await field(/^Due/), '2026-12-03');
  studio.onPost(REQUEST).reply(answers({
    is_in_progress: false, review_request: aReviewRequest({ reviewers: [RITA], awaited: [RITA], due: '2099-12-03' }),
  }));
  await user.click(button('Ask'));
  expect(await screen.findByText(/asked Rita for a review/)).toHaveTextContent(/^You asked.*· due Dec 3/);
  expect(screen.getByText('Is it <b>enough</b>?')).toBeVisible();
  expect(screen.getByRole('status')).toHaveTextContent('Asked for a review: Salt');
  expect(sent()).toEqual([
    { reviewers: ['rita', 'otto', 'nobody'], message: 'Salty?', due: null },
    { reviewers: ['rita'], message: 'Salty?', due: '2026-12-03' },
  ]);
  expect(window.sessionStorage).toHaveLength(0);
});

it('is withdrawn, and asked again by undo', async () => {
  const request = aReviewRequest({ awaited: [OTTO] });
  entity = anEntity({ review_request: request });
  studio.onDelete(REQUEST).reply(answers({ review_request: null }));
  studio.onPost(REQUEST).reply(answers({ review_request: request }));
  const { user } = await open();
  expect(screen.getByText(/waits for Otto/)).toBeVisible();
  await user.click(button('Withdraw request'));
  await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('Request withdrawn: Salt'));
  expect(screen.queryByText(/waits for/)).not.toBeInTheDocument();
  await user.click(button('Undo'));
  expect(await screen.findByText(/waits for Otto/)).toBeVisible();
  expect(sent()).toEqual([{ reviewers: ['rita', 'otto'], message: 'Is it <b>enough</b>?', due: null }]);
});

it('asks again, in one click, once a reviewer has requested changes since', async () => {
  const asked = aReviewRequest({ requested_by: RITA, created: '2026-01-05T00:00:00Z' });
  entity = anEntity({ outdated_requests: [aRequest({ created: '2026-01-04T00:00:00Z' })], review_request: asked });
  const { user, queryClient } = await open();
  expect(screen.queryByRole('button', { name: 'Done: ask again' })).not.toBeInTheDocument();
  // It is another author's.
  expect(screen.queryByRole('button', { name: 'Withdraw request' })).not.toBeInTheDocument();

  entity = { ...entity, outdated_requests: [aRequest({ created: '2026-01-06T00:00:00Z' })] };
  await queryClient.invalidateQueries();
  studio.onPost(`${REQUEST}again/`).reply(answers({ review_request: { ...asked, created: '2026-01-07T00:00:00Z' } }));
  await user.click(await screen.findByRole('button', { name: 'Done: ask again' }));
  await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('Asked again: Salt'));
  expect(screen.queryByRole('button', { name: 'Done: ask again' })).not.toBeInTheDocument();
  expect(screen.getByRole('group', { name: 'Request for a review' })).toHaveFocus();
});

const daysFromNow = (days: number) => {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
};

const openWorkspace = async (rows: QueueRow[], at = '/library/lib:Test:Bread?reviews=all&reviews-whose=all') => {
  studio.onGet(new RegExp(`${LIBRARY}queue/`)).reply(200, aQueue(rows));
  renderInStudio(<HeaderAction />, { at });
  await screen.findByRole('dialog', { name: 'Review: Bread' });
  return userEvent.setup();
};

it('shows in the list what is in progress, what I am asked for, and what is due', async () => {
  const asked = (change: Partial<OpenRequest>) => ({ review_request: aReviewRequest(change) });
  const user = await openWorkspace([
    aRow({ title: 'Salt', key: entity.key, state: 'in_progress' }),
    aRow({ title: 'Mine', ...asked({ awaited: [aPerson('ada')], due: daysFromNow(-1) }) }),
    aRow({ title: 'Done', ...asked({ awaited: [], due: daysFromNow(1) }) }),
    aRow({ title: 'Far', ...asked({ due: daysFromNow(3) }) }),
  ]);
  const line = async (title: string) => (await screen.findAllByRole('listitem')).find((each) => (
    within(each).queryByRole('checkbox', { name: `Select ${title}` })
  ));
  expect(await line('Salt')).toHaveTextContent('In progress');
  expect(await line('Mine')).toHaveTextContent(/You are askedoverdue since/);
  expect(await line('Done')).toHaveTextContent(/Not revieweddue tomorrow · Text, edited · Ada$/);
  expect(await line('Far')).toHaveTextContent(/Not reviewedText/);
  await user.click(screen.getByRole('button', { name: 'Filter' }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'In progress (1)');
  expect(await line('Mine')).toBeUndefined();
});

it('asks for what is selected, for what is listed, or for a container, all or none', async () => {
  const rows = [
    aRow({ title: 'Salt', key: entity.key }),
    aRow({ title: 'Rye' }),
    aRow({ title: 'Old', state: 'reviewed' }),
    aRow({ title: 'Asked', review_request: aReviewRequest() }),
  ];
  studio.onPost(MANY).replyOnce(409, {
    code: 'not_all_requestable',
    detail: 'Not all.',
    details: { items: [{ key: rows[1]!.key, code: 'reviewer_not_allowed', detail: 'rita changed “Rye”.' }] },
  }).onPost(MANY).reply(200, { requested: 2 });
  const user = await openWorkspace(rows);
  await user.click(await screen.findByRole('button', { name: 'Ask for a review of these (2)' }));
  const dialog = await screen.findByRole('dialog', { name: 'Ask for a review of 2 changes' });
  await user.type(within(dialog).getByLabelText(/^Reviewers/), 'rita');
  await user.click(within(dialog).getByRole('button', { name: 'Ask' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent(/^Nothing was asked.*rita changed “Rye”/);
  await user.click(within(dialog).getAllByRole('button', { name: 'Close' })[0]!);

  await user.click(screen.getByRole('checkbox', { name: 'Select Salt' }));
  await user.click(screen.getByRole('button', { name: 'Ask for a review of these (1)' }));
  // What was typed is there again.
  expect(await screen.findByLabelText(/^Reviewers/)).toHaveValue('rita');
  await user.click(button('Ask'));
  expect(await screen.findByText('Asked for a review of 1 change.')).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Clear selection' }));
  const bodies = sent();
  expect(bodies.map(({ keys }) => keys)).toEqual([[rows[0]!.key, rows[1]!.key], [rows[0]!.key]]);
  expect(bodies.map(({ reviewers }) => reviewers)).toEqual([['rita'], ['rita']]);
});

it('asks for a container as the server knows it', async () => {
  studio.onPost(MANY).reply(200, { requested: 2 });
  const user = await openWorkspace(
    [aRow({ key: entity.key }), aRow()],
    '/library/lib:Test:Bread?reviews=lct:Test:Bread:unit:dough&reviews-whose=all',
  );
  await user.click(await screen.findByRole('button', { name: 'Ask for a review of these (2)' }));
  await user.click(await screen.findByRole('button', { name: 'Ask' }));
  expect(await screen.findByText('Asked for a review of 2 changes.')).toBeVisible();
  expect(sent()).toEqual([{
    inside: 'lct:Test:Bread:unit:dough', reviewers: [], message: '', due: null,
  }]);
});
