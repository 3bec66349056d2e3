import { getAuthenticatedUser } from '@edx/frontend-platform/auth';
import {
  act, fireEvent, screen, waitFor, within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';
import { useLocation } from 'react-router-dom';

import type { Entity, QueueRow } from '../data/api';
import { HeaderAction } from '../header';
import {
  aDifference, aLibrary, anEntity, aQueue, aRequest, aReview, aReviewRequest, aPerson, aRow,
} from '../testing/data';
import {
  API, mockStudio, renderInStudio, startAfresh,
} from '../testing/render';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const OPEN = '/library/lib:Test:Bread?reviews=all';

const SALT = { key: 'lb:Test:Bread:html:salt', title: 'Salt', draft_change_log_record_id: 12 };
const YEAST = { key: 'lb:Test:Bread:html:yeast', title: 'Yeast', draft_change_log_record_id: 13 };

let studio: MockAdapter;
let entities: Entity[];
let rows: QueueRow[];

/** Of each item: its row, its state, and what changed. */
const answer = (items: (Partial<Entity> & { row?: Partial<QueueRow> })[]) => {
  rows = items.map(({
    row, key, title, draft_change_log_record_id: record,
  }) => aRow({
    key, title, draft_change_log_record_id: record, waits_for_me: 'review', ...row,
  }));
  entities = items.map(({ row, ...entity }) => anEntity(entity));
};

const urlOf = (key: string, rest = '') => `${API}/entities/${encodeURIComponent(key)}/${rest}`;

beforeEach(() => {
  startAfresh();
  answer([SALT, YEAST]);
  studio = mockStudio();
  studio.onGet(LIBRARY).reply(200, aLibrary());
  studio.onGet(new RegExp(`${LIBRARY}queue/`)).reply(() => [200, aQueue(rows)]);
  studio.onGet(new RegExp(`${API}/entities/\\?`)).reply(({ url }) => {
    const keys = new URL(url!).searchParams.getAll('key');
    return [200, { results: entities.filter(({ key }) => keys.includes(key!)), missing: [] }];
  });
  studio.onGet(/\/difference\//).reply(({ url }) => {
    const entity = entities.find(({ key }) => url!.includes(encodeURIComponent(key!)))!;
    const { key, draft_change_log_record_id: record } = entity;
    return [200, aDifference({ key, draft_change_log_record_id: record })];
  });
  studio.onGet(/\/embed\/student_view\//).reply(404);
});

/** Studio's page below, which reads the router's location. */
const Page = ({ onRender }: { onRender: () => void }) => {
  useLocation();
  onRender();
  return null;
};

const openWorkspace = async (at = OPEN, user = userEvent.setup()) => {
  const onRender = jest.fn();
  const shown = renderInStudio(<><HeaderAction /><Page onRender={onRender} /></>, { at });
  const workspace = await screen.findByRole('dialog', { name: 'Review: Bread' });
  return {
    ...shown, user, workspace, onRender,
  };
};

/** With a clock that a test can put forward: by then a change that was on the screen could be decided about. */
const openForLong = () => {
  jest.useFakeTimers();
  return openWorkspace(OPEN, userEvent.setup({ advanceTimers: jest.advanceTimersByTime }));
};
afterEach(() => { jest.useRealTimers(); });

const heading = (name: string) => screen.findByRole('heading', { level: 2, name });
/** The button, once it can be meant: the change has been on the screen. */
const button = async (name: string) => {
  const found = await screen.findByRole('button', { name });
  await waitFor(() => expect(found).not.toHaveAttribute('aria-disabled', 'true'));
  return found;
};
const bodiesSent = () => studio.history.put!.map(({ url, data }) => [url, JSON.parse(data)]);

it('opens on the first change that waits for the person who opens it', async () => {
  answer([{ ...SALT, row: { waits_for_me: null } }, YEAST]);
  await openWorkspace();
  expect(await heading('Yeast')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Waiting for me (1)' })).toHaveAttribute('aria-pressed', 'true');
  expect(screen.getAllByRole('listitem').filter((item) => item.hasAttribute('aria-posinset'))).toHaveLength(1);
});

it('opens on the change that the address names, and keeps the address up to date', async () => {
  const { user, queryClient, onRender } = await openWorkspace(`${OPEN}&reviews-change=${YEAST.key}&other=1`);
  queryClient.setQueryData(['contentLibrary', 'lib:Test:Bread'], {});
  await heading('Yeast');
  onRender.mockClear();
  await user.click(screen.getByRole('button', { name: /^Salt/ }));
  await heading('Salt');
  const address = () => new URLSearchParams(window.location.search);
  await waitFor(() => expect(address().get('reviews-change')).toBe(SALT.key));
  expect(address().get('other')).toBe('1');

  // Studio's page below is not rendered by a step, and does not load again what it shows.
  expect(onRender).not.toHaveBeenCalled();
  expect(queryClient.getQueryState(['contentLibrary', 'lib:Test:Bread'])).toMatchObject({ isInvalidated: false });
  await user.click(screen.getByRole('button', { name: 'Close reviews' }));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(window.location.search).toBe('?other=1');
});

it('is where the address says after a step back', async () => {
  const { user } = await openWorkspace(`${OPEN}&reviews-change=${YEAST.key}`);
  await heading('Yeast');
  await user.click(screen.getByRole('button', { name: /^Salt/ }));
  await heading('Salt');
  await waitFor(() => expect(window.location.search).not.toContain('yeast'));
  await user.click(screen.getByRole('button', { name: 'Close reviews' }));
  act(() => window.history.back());
  expect(await heading('Salt')).toBeVisible();
});

it.each<[string, Partial<Entity>, string]>([
  ['waits again', {}, 'Waiting for me (2)'],
  ['is in progress', { is_in_progress: true }, 'Waiting for me (1)'],
  ['waits for others', { review_request: aReviewRequest({ awaited: [aPerson('otto')] }) }, 'Waiting for me (1)'],
])('opens the next change after a verdict, and offers to undo it: it %s', async (_, undone, waiting) => {
  const { user } = await openWorkspace();
  await heading('Salt');
  studio.onPut(urlOf(SALT.key, 'review/')).reply(200, anEntity({ ...SALT, is_reviewed: true, reviews: [aReview()] }));
  await user.click(await button('Approve'));
  expect(await heading('Yeast')).toHaveFocus();
  expect(await screen.findByText('Approved: Salt')).toBeVisible();
  expect(bodiesSent()).toEqual([[urlOf(SALT.key, 'review/'), { draft_change_log_record_id: 12, note: '' }]]);
  // The row is gone from what waits.
  expect(await screen.findByRole('button', { name: 'Waiting for me (1)' })).toBeVisible();

  studio.onDelete(urlOf(SALT.key, 'review/')).reply(200, anEntity({ ...SALT, ...undone }));
  await user.keyboard('u');
  expect(await heading('Salt')).toBeVisible();
  expect(await screen.findByText('Undone: Salt')).toBeVisible();
  expect(screen.getByRole('button', { name: waiting })).toBeVisible();
  expect(studio.history.delete).toHaveLength(1);
});

it.each(['a second click', 'Enter', 'the key again', 'a key that is held down'])('decides nothing by %s', async (what) => {
  const { user } = await openWorkspace();
  await heading('Salt');
  studio.onPut().reply(200, anEntity({ ...SALT, is_reviewed: true, reviews: [aReview()] }));
  const approve = await button('Approve');
  if (what === 'a second click') {
    await user.dblClick(approve);
  } else if (what === 'Enter') {
    await user.click(approve);
    await user.keyboard('{Enter}');
  } else if (what === 'the key again') {
    await user.keyboard('aa');
  } else {
    await user.keyboard('a');
    await button('Approve');
    fireEvent.keyDown(document.body, { key: 'a', repeat: true });
  }
  await heading('Yeast');
  await screen.findByText('Approved: Salt');
  expect(studio.history.put).toHaveLength(1);
});

it('decides nothing that has not been on the screen', async () => {
  studio.onGet(/\/difference\//).reply(() => new Promise(() => {}));
  const { user } = await openForLong();
  await heading('Salt');
  const approve = await screen.findByRole('button', { name: 'Approve' });
  await act(() => jest.advanceTimersByTimeAsync(5_000));
  expect(approve).toHaveAttribute('aria-disabled', 'true');
  await user.click(approve);
  await user.keyboard('a');
  expect(studio.history.put).toHaveLength(0);
});

it('does not approve what was edited while it was read', async () => {
  const { user, queryClient } = await openForLong();
  await button('Approve');
  entities = [anEntity({ ...SALT, draft_change_log_record_id: 99 }), entities[1]!];
  studio.onGet(LIBRARY).reply(200, aLibrary({ revision: '2' }));
  await act(() => queryClient.invalidateQueries());
  expect(await screen.findByText('Someone edited this while you were reading.')).toBeVisible();
  await act(() => jest.advanceTimersByTimeAsync(5_000));
  await user.keyboard('a');
  expect(studio.history.put).toHaveLength(0);
  await user.click(screen.getByRole('button', { name: 'Show latest version' }));
  studio.onPut().reply(200, anEntity({ ...SALT, is_reviewed: true, reviews: [aReview()] }));
  await user.click(await button('Approve'));
  await screen.findByText('Approved: Salt');
  expect(bodiesSent()[0]![1]).toEqual({ draft_change_log_record_id: 99, note: '' });
});

describe('a note', () => {
  it('is needed for a request, and is sent with it', async () => {
    const { user } = await openWorkspace();
    await user.click(await button('Request changes'));
    expect(screen.getByText('Say what should be changed.')).toBeVisible();
    const note = screen.getByRole('textbox', { name: 'Note' });
    expect(note).toHaveFocus();
    await user.type(note, 'Ten grams,{Enter}not two.');
    expect(studio.history.put).toHaveLength(0);
    studio.onPut().reply(200, anEntity({ ...SALT, requests: [aRequest({ reviewer: aPerson('rita') })] }));
    await user.click(await button('Request changes'));
    await heading('Yeast');
    expect(screen.getByRole('textbox', { name: 'Note' })).toHaveValue('');
    expect(bodiesSent()[0]![1]).toEqual({
      draft_change_log_record_id: 12, verdict: 'changes_requested', note: 'Ten grams,\nnot two.',
    });
  });

  it('goes along with an approval: no button throws it away', async () => {
    const { user } = await openWorkspace();
    await user.type(await screen.findByRole('textbox', { name: 'Note' }), 'Nice');
    studio.onPut().reply(200, anEntity({ ...SALT, is_reviewed: true, reviews: [aReview()] }));
    await user.click(await button('Approve with note'));
    await waitFor(() => expect(bodiesSent()[0]![1].note).toBe('Nice'));
  });

  it('stays when the workspace is closed, by whatever way', async () => {
    const { user, unmount } = await openWorkspace();
    await user.type(await screen.findByRole('textbox', { name: 'Note' }), 'Ten grams');
    await user.click(screen.getByRole('button', { name: 'Close reviews' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    unmount();
    await openWorkspace();
    expect(await screen.findByRole('textbox', { name: 'Note' })).toHaveValue('Ten grams');
  });

  it.each([401, 403, 409, 500, 0])('stays when the answer is %d, and leads back', async (status) => {
    const { user } = await openWorkspace();
    await user.type(await screen.findByRole('textbox', { name: 'Note' }), 'Ten grams');
    if (status) { studio.onPut().reply(status, {}); } else { studio.onPut().networkError(); }
    await user.click(await button('Request changes'));
    await heading('Yeast');
    expect(await screen.findByText(/“Salt” is as it was/)).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Log in' }) !== null).toBe(status === 401);
    await user.click(screen.getByRole('button', { name: 'Show it' }));
    await heading('Salt');
    expect(screen.getByRole('textbox', { name: 'Note' })).toHaveValue('Ten grams');
  });

  it('of one person is not shown to another', async () => {
    const { user, unmount } = await openWorkspace();
    await user.type(await screen.findByRole('textbox', { name: 'Note' }), 'Ten grams');
    unmount();
    getAuthenticatedUser().username = 'otto';
    await openWorkspace();
    expect(await screen.findByRole('textbox', { name: 'Note' })).toHaveValue('');
  });
});

it('approves one’s own request away by a button that says so, and by no key', async () => {
  answer([{ ...SALT, requests: [aRequest({ reviewer: aPerson('rita'), note: 'Ten grams.' })] }, YEAST]);
  const { user } = await openWorkspace();
  await button('Withdraw my request and approve');
  await user.keyboard('a');
  expect(studio.history.put).toHaveLength(0);
  studio.onPut().reply(200, anEntity({ ...SALT, is_reviewed: true, reviews: [aReview()] }));
  await user.click(screen.getByRole('button', { name: 'Withdraw my request and approve' }));
  await screen.findByText('Approved: Salt');
  // Undone, the request stands again, with its words.
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await screen.findByText('Undone: Salt');
  expect(bodiesSent()[1]![1]).toEqual({
    draft_change_log_record_id: 12, verdict: 'changes_requested', note: 'Ten grams.',
  });
});

it('stays, and says so, when the session ends', async () => {
  const { queryClient, user } = await openWorkspace();
  await user.type(await screen.findByRole('textbox', { name: 'Note' }), 'Ten grams');
  studio.onGet(LIBRARY).reply(401);
  await act(() => queryClient.invalidateQueries());
  expect(await screen.findByText(/Your session has ended/)).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Note' })).toHaveValue('Ten grams');
});

it('says that nothing waits, which is not that all is reviewed', async () => {
  answer([{ ...SALT, row: { waits_for_me: null } }]);
  const { user } = await openWorkspace();
  expect(await screen.findByText('Nothing is waiting for you.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show all changes' }));
  expect(await heading('Salt')).toBeVisible();
});

it('offers what changed since my last review only where there is one, and opens it', async () => {
  answer([{ ...SALT, draft_version_num: 4, my_last_version: 3 }, { ...YEAST, my_last_version: null }]);
  const { user } = await openWorkspace();
  expect(await screen.findByRole('button', { name: 'Since my last review' })).toHaveAttribute('aria-pressed', 'true');
  await user.keyboard('j');
  await heading('Yeast');
  expect(screen.queryByRole('button', { name: 'Since my last review' })).not.toBeInTheDocument();
  expect(studio.history.get!.filter(({ url }) => url!.includes('my_last_review'))).toHaveLength(1);
});

describe('approving what is listed', () => {
  it('names what is left out, and leaves it out', async () => {
    const may = { allowed: false, reason: 'own_change' as const, changed_at: null };
    answer([
      SALT, YEAST,
      { key: 'lb:3', title: 'Mine', row: { may_review: may } },
      { key: 'lb:5', title: 'Before' },
      { key: 'lb:4', title: 'Objected', row: { state: 'changes_requested', my_verdict: 'changes_requested' } },
    ]);
    const { user } = await openWorkspace(`${OPEN}&reviews-change=lb:5`);
    studio.onPut().reply(200, anEntity({ key: 'lb:5', is_reviewed: true, reviews: [aReview()] }));
    await user.click(await button('Approve'));
    await screen.findByRole('button', { name: 'Undo' });
    await user.click(await screen.findByRole('button', { name: 'Approve all 2 listed' }));
    const dialog = screen.getByRole('dialog', { name: 'Approve 2 changes' });
    expect(within(dialog).getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
      'Your own changes, for another reviewer (1)', 'You requested changes here (1)',
    ]);
    studio.onPost(`${LIBRARY}reviews/`).reply(200, { reviewed: 2 });
    await user.click(within(dialog).getByRole('button', { name: 'Approve 2 changes' }));
    expect(await screen.findByText('2 changes approved.')).toBeVisible();
    // That is not undone in one step, and neither is what came before it.
    expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
    expect(JSON.parse(studio.history.post![0]!.data).items).toEqual([
      { key: SALT.key, draft_change_log_record_id: 12 }, { key: YEAST.key, draft_change_log_record_id: 13 },
    ]);
  });
});

it('has a list of its shortcuts, which can be switched off', async () => {
  const { user } = await openWorkspace();
  await heading('Salt');
  await user.keyboard('?');
  await user.click(await screen.findByRole('checkbox', { name: 'Use keyboard shortcuts' }));
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await user.keyboard('j');
  expect(screen.getByRole('heading', { level: 2, name: 'Salt' })).toBeVisible();
});

it('keeps everybody out of the page below, until it is closed', async () => {
  const page = document.createElement('div');
  page.id = 'root';
  document.body.append(page);
  const { user } = await openWorkspace();
  await waitFor(() => expect(page).toHaveAttribute('inert'));
  await user.click(screen.getByRole('button', { name: 'Close reviews' }));
  expect(page).not.toHaveAttribute('inert');
  page.remove();
});

it('shows text of authors as text', async () => {
  const script = '<img src=x onerror="alert(1)">';
  answer([{ ...SALT, title: script, row: { title: script, path: [{ key: 'lct:u', title: script }] } }]);
  const { workspace } = await openWorkspace();
  await heading(script);
  expect(workspace.querySelector('img')).toBeNull();
});
