import {
  act, fireEvent, screen, waitFor, within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';
import { Link } from 'react-router-dom';

import type { Entity, Library } from '../data/api';
import { refreshReviews } from '../data/library';
import { HeaderAction } from '../header';
import {
  aDifference, aLibrary, anEntity, aPerson, aPin, aQueue, aRequest, aReview, aRow, mayNot,
} from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const ENTITIES = new RegExp(`^${API}/entities/\\?key=`);
const REVIEW = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Asalt/review/`;
const BREAD = '/library/lib:Test:Bread';
const SALT = `${BREAD}/components/lb:Test:Bread:html:salt`;
const YEAST = `${BREAD}/components/lb:Test:Bread:html:yeast`;
const DOUGH = `${BREAD}/unit/lct:Test:Bread:unit:dough`;

const yeast = anEntity({ key: 'lb:Test:Bread:html:yeast', title: 'Yeast' });
const dough = anEntity({
  key: 'lct:Test:Bread:unit:dough', title: 'Dough', kind: 'unit', block_type: 'unit',
});
const rita = aPerson('rita', 'Rita');

let studio: MockAdapter;

/** What the server knows from now on. */
const answers = (...entities: Entity[]) => studio.onGet(ENTITIES).reply(({ url }) => {
  const keys = new URL(url!).searchParams.getAll('key');
  return [200, { results: entities.filter(({ key }) => keys.includes(key!)), missing: [] }];
});

beforeEach(() => {
  window.sessionStorage.clear();
  window.localStorage.clear();
  studio = mockStudio('rita');
  studio.onGet(LIBRARY).reply(200, aLibrary());
  studio.onGet(new RegExp(`^${LIBRARY}queue/`)).reply(200, aQueue([
    aRow({ key: yeast.key, title: 'Yeast' }), aRow({ key: anEntity().key, title: 'Salt' }),
  ]));
  studio.onGet(/\/difference\//).reply(({ url }) => [200, aDifference({ key: decodeURIComponent(url!.split('/').at(-3)!) })]);
  studio.onGet(/\/embed\/student_view\//).reply(404);
  answers(anEntity(), yeast, dough);
});

const Page = () => (
  <>
    <HeaderAction />
    <Link to={BREAD}>The list</Link>
    <Link to={YEAST}>Yeast in Studio</Link>
  </>
);
const search = () => Object.fromEntries(new URLSearchParams(window.location.search));

// As long as it is open, screen readers find nothing else on the page.
const headerButton = () => screen.findByRole('button', { name: /^Reviews/, hidden: true });
const heading = (name: string) => screen.findByRole('heading', { level: 2, name });
const open = async (at = SALT, user = userEvent.setup()) => {
  const shown = renderInStudio(<Page />, { at });
  await user.click(await headerButton());
  const dialog = await screen.findByRole('dialog');
  return { ...shown, user, dialog };
};
const openOn = async (change: Partial<Entity>, library: Partial<Library> = {}, user = userEvent.setup()) => {
  studio.onGet(LIBRARY).reply(200, aLibrary(library));
  answers(anEntity(change));
  const shown = await open(SALT, user);
  await heading('Salt');
  return shown;
};
/** The button, once it can be meant: the item has been on the screen. */
const verdict = async (name: string) => {
  const found = await screen.findByRole('button', { name });
  await waitFor(() => expect(found).not.toHaveAttribute('aria-disabled', 'true'));
  return found;
};
const note = () => screen.getByRole('textbox', { name: 'Note' });
const sent = () => studio.history.put!.map(({ url, data }) => [url, JSON.parse(data)]);

describe('is opened by the button in the header', () => {
  it('with the focus in it, and gives the focus back at Escape', async () => {
    const { user, dialog } = await open();
    expect(await screen.findByRole('dialog', { name: 'Salt' })).toBe(dialog);
    expect(within(dialog).getByRole('heading', { level: 2, name: 'Salt' })).toHaveFocus();
    expect(await headerButton()).toHaveAttribute('aria-expanded', 'true');
    expect(search()).toEqual({});
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(await headerButton()).toHaveAttribute('aria-expanded', 'false');
    expect(await headerButton()).toHaveFocus();
  });

  it('and closed by a click elsewhere', async () => {
    const { user } = await open();
    await user.click(document.body);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('and shows another item once that is selected in Studio, with a note of its own', async () => {
    const { user } = await open();
    await heading('Salt');
    await user.type(note(), 'Ten grams');
    fireEvent.click(screen.getByRole('link', { name: 'Yeast in Studio', hidden: true }));
    expect(await heading('Yeast')).toHaveFocus();
    expect(screen.getAllByRole('dialog')).toHaveLength(1);
    expect(note()).toHaveValue('');
  });

  it('and by nothing else: who leaves the item, and selects another one, works on that', async () => {
    await open();
    await heading('Salt');
    fireEvent.click(screen.getByRole('link', { name: 'The list', hidden: true }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    fireEvent.click(screen.getByRole('link', { name: 'Yeast in Studio' }));
    expect(await headerButton()).toHaveAttribute('aria-expanded', 'false');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('says', () => {
  it('how far the review is, and by whom; and offers to dismiss requests to those who may', async () => {
    const { dialog } = await openOn({
      reviews: [aReview({ reviewer: aPerson('ada', 'Ada'), note: 'Amounts checked' })],
      requests: [aRequest()],
      outdated_requests: [aRequest({ id: 6, note: 'Spell it right.' })],
    }, { may: { ...aLibrary().may, manage_policy: true } });
    expect(within(dialog).getByText('Changes requested')).toBeVisible();
    expect(dialog).toHaveTextContent(/Text, edited · Ada · .*Reviewed by Ada, .*Amounts checked/);
    expect(dialog).toHaveTextContent(/Changes requested by Otto, .*Name the amount\..*Requested on an earlier version:.*Spell/);
    expect(within(dialog).getByRole('button', { name: 'Dismiss Otto’s request: Salt' })).toBeVisible();
  });

  it.each([
    ['You changed this. Another reviewer has to review it.', mayNot('own_change')],
    ['You can view the reviews in this library, but not review.', mayNot('no_permission')],
  ])('why one has no verdict to give: %s', async (sentence, may) => {
    await openOn({ may_review: may, requests: [aRequest()] });
    expect(screen.getByText(sentence)).toBeVisible();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Approve|Request changes|Dismiss/ })).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'See what changed' })).toBeVisible();
  });

  it('that there is nothing to publish', async () => {
    const { dialog } = await openOn({
      change: null, draft_change_log_record_id: null, may_review: mayNot('nothing_to_review'),
    });
    expect(dialog).toHaveTextContent(/Text, nothing to publish · Ada/);
    expect(within(dialog).getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Open reviews']);
    expect(within(dialog).queryByRole('textbox')).not.toBeInTheDocument();
  });

  it.each([
    [1, '1 pinned version needs a review first: see what changed.'],
    [2, '2 pinned versions need a review first: see what changed.'],
  ])('how many pinned versions come first: %d', async (count, sentence) => {
    await openOn({ unreviewed_pins: [aPin(), aPin({ version_num: 4 })].slice(0, count) });
    expect(screen.getByText(sentence)).toBeVisible();
  });

  it('that the server does not know the item', async () => {
    answers();
    await open();
    expect(await screen.findByText('There is no such item, or you may not see it.')).toBeVisible();
    expect(await heading('Review')).toHaveFocus();
    expect(screen.queryByRole('button', { name: 'See what changed' })).not.toBeInTheDocument();
  });

  it('that it could not be loaded, and tries again', async () => {
    studio.onGet(ENTITIES).reply(403);
    const { user } = await open();
    expect(await screen.findByRole('alert')).toHaveTextContent('You have no access');
    answers(anEntity());
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await heading('Salt')).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});

describe('takes a verdict', () => {
  afterEach(() => { jest.useRealTimers(); });

  it('which is shown at once, and can be undone', async () => {
    const { user, dialog } = await openOn({});
    studio.onPut(REVIEW).reply(() => {
      answers(anEntity({ is_reviewed: true, reviews: [aReview()] }));
      return [200, anEntity({ is_reviewed: true, reviews: [aReview()] })];
    });
    await user.click(await verdict('Approve'));
    expect(await screen.findByText('Approved: Salt')).toBeVisible();
    expect(within(dialog).getByText(/^Reviewed by you/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Approve' })).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Withdraw my approval' })).toBeVisible();
    expect(sent()).toEqual([[REVIEW, { draft_change_log_record_id: 12, note: '' }]]);

    studio.onDelete(REVIEW).reply(() => {
      answers(anEntity());
      return [200, anEntity()];
    });
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Undone: Salt')).toBeVisible();
    expect(await verdict('Approve')).toBeVisible();
    expect(within(dialog).queryByText(/^Reviewed by you/)).not.toBeInTheDocument();
  });

  it('with a note, where changes are requested, of the change that was shown', async () => {
    const { user } = await openOn({});
    await user.click(await verdict('Request changes'));
    expect(screen.getByText('Say what should be changed.')).toBeVisible();
    expect(note()).toHaveFocus();
    await user.keyboard('Ten grams,{Enter}not two.');
    // Another change by now, which nobody has seen here.
    answers(anEntity({ draft_change_log_record_id: 13 }));
    studio.onPut(REVIEW).reply(200, anEntity({ requests: [aRequest({ reviewer: rita })] }));
    await user.click(await verdict('Request changes'));
    expect(await screen.findByText('Changes requested: Salt')).toBeVisible();
    expect(note()).toHaveValue('');
    expect(sent()).toEqual([[REVIEW, {
      draft_change_log_record_id: 12, verdict: 'changes_requested', note: 'Ten grams,\nnot two.',
    }]]);
  });

  it('in the place of one’s own request, by a button that says so', async () => {
    const { user } = await openOn({ requests: [aRequest({ reviewer: rita })] });
    expect(screen.queryByRole('button', { name: 'Request changes' })).not.toBeInTheDocument();
    studio.onPut(REVIEW).reply(200, anEntity({ is_reviewed: true, reviews: [aReview()] }));
    await user.click(await verdict('Withdraw my request and approve'));
    expect(await screen.findByText('Approved: Salt')).toBeVisible();
    expect(sent()).toEqual([[REVIEW, { draft_change_log_record_id: 12, note: '' }]]);
  });

  it('and says so where that was refused, with the note as it was', async () => {
    const { user } = await openOn({});
    await user.type(note(), 'Nice');
    studio.onPut(REVIEW).reply(409, { code: 'busy', detail: 'It is being published.' });
    await user.click(await verdict('Approve with note'));
    expect(await screen.findByText('“Salt” is as it was. It is being published.')).toBeVisible();
    expect(note()).toHaveValue('Nice');
    expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  });

  it('and none of what was edited meanwhile, until that is shown', async () => {
    jest.useFakeTimers();
    const { user, queryClient } = await openOn({}, {}, userEvent.setup({ advanceTimers: jest.advanceTimersByTime }));
    await verdict('Approve');
    answers(anEntity({ draft_change_log_record_id: 13 }));
    await act(() => refreshReviews(queryClient));
    expect(await screen.findByText('Someone edited this while you were reading.')).toBeVisible();
    // By then a change that was on the screen could be meant.
    await act(() => jest.advanceTimersByTimeAsync(5_000));
    expect(screen.getByRole('button', { name: 'Approve' })).toHaveAttribute('aria-disabled', 'true');
    await user.click(screen.getByRole('button', { name: 'Approve' }));
    expect(sent()).toEqual([]);

    // What Studio shows on its page is loaded again, too, but not what it has loaded since the edit.
    const [before, since] = [['xblock', 'lb:Test:Bread:html:salt'], ['xblock', 'lb:Test:Bread:html:yeast']];
    queryClient.setQueryData(before, 'as it was', { updatedAt: Date.parse('2026-01-02T03:00:00Z') });
    queryClient.setQueryData(since, 'as it is', { updatedAt: Date.parse('2026-01-02T03:20:00Z') });
    await user.click(screen.getByRole('button', { name: 'Show latest version' }));
    expect(queryClient.getQueryState(before)).toMatchObject({ isInvalidated: true });
    expect(queryClient.getQueryState(since)).toMatchObject({ isInvalidated: false });
    expect(screen.queryByText(/Someone edited this/)).not.toBeInTheDocument();
    studio.onPut(REVIEW).reply(200, anEntity({ draft_change_log_record_id: 13 }));
    await user.click(await verdict('Approve'));
    await screen.findByText('Approved: Salt');
    expect(sent()).toEqual([[REVIEW, { draft_change_log_record_id: 13, note: '' }]]);
  });

  it('by no single key: those belong to the page', async () => {
    const { user, dialog } = await openOn({});
    await verdict('Approve');
    await user.keyboard('ar');
    expect(screen.queryByText('Say what should be changed.')).not.toBeInTheDocument();
    expect(sent()).toEqual([]);
    studio.onPut(REVIEW).reply(200, anEntity());
    await user.click(await verdict('Approve'));
    expect(await screen.findByRole('button', { name: 'Undo' })).toBeVisible();
    act(() => within(dialog).getByRole('heading', { level: 2 }).focus());
    await user.keyboard('u');
    expect(studio.history.delete).toHaveLength(0);
    expect(dialog.querySelectorAll('[aria-keyshortcuts]')).toHaveLength(0);
  });
});

it('takes a publish for no edit', async () => {
  const { queryClient, dialog } = await openOn({});
  answers(anEntity({
    change: null, draft_change_log_record_id: null, may_review: mayNot('nothing_to_review'),
  }));
  await act(() => refreshReviews(queryClient));
  await waitFor(() => expect(dialog).toHaveTextContent(/nothing to publish/));
  expect(screen.queryByText(/Someone edited this/)).not.toBeInTheDocument();
});

it('keeps the note that somebody was typing when it was closed', async () => {
  const { user } = await openOn({});
  await user.type(note(), 'Ten grams{Escape}');
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  await user.click(await headerButton());
  await heading('Salt');
  expect(note()).toHaveValue('Ten grams');
});

describe('leads to the workspace', () => {
  const workspace = () => screen.findByRole('dialog', { name: 'Review: Bread' });

  it('on this change', async () => {
    const { user } = await openOn({});
    await user.click(screen.getByRole('button', { name: 'See what changed' }));
    await workspace();
    expect(screen.getAllByRole('dialog')).toHaveLength(1);
    expect(await heading('Salt')).toBeVisible();
    expect(search()).toEqual({ reviews: 'all', 'reviews-whose': 'all', 'reviews-change': 'lb:Test:Bread:html:salt' });
  });

  it('on what waits for the person', async () => {
    const { user } = await openOn({});
    await user.click(screen.getByRole('button', { name: 'Open reviews' }));
    await workspace();
    expect(search()).toEqual({ reviews: 'all' });
    // And is done with the pop-over.
    await user.click(screen.getByRole('button', { name: 'Close reviews' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^Reviews/ })).toHaveAttribute('aria-expanded', 'false');
  });

  it('on a container with all that it holds', async () => {
    const { user } = await open(DOUGH);
    await user.click(await screen.findByRole('button', { name: 'Review with contents' }));
    await workspace();
    expect(search()).toEqual({ reviews: dough.key, 'reviews-whose': 'all' });
    expect(await screen.findByRole('combobox', { name: 'Review' })).toHaveDisplayValue(/Dough/);
  });

  it.each([
    ['a component', { kind: 'component' }, true, false],
    ['a unit of which only the contents have changed', { change: 'contents' }, true, true],
    ['a unit without changes', { change: null }, true, false],
    ['a unit that is deleted', { change: 'deleted' }, true, false],
    ['those who may not review', {}, false, false],
  ] as [string, Partial<Entity>, boolean, boolean][])('with contents, for %s: %j, %s', async (_, change, review, isThere) => {
    studio.onGet(LIBRARY).reply(200, aLibrary({ may: { ...aLibrary().may, review } }));
    answers({ ...dough, ...change });
    await open(DOUGH);
    await heading('Dough');
    expect(screen.queryByRole('button', { name: 'Review with contents' }) !== null).toBe(isThere);
  });
});

it('shows text of authors as text', async () => {
  const script = '<img src=x onerror="alert(1)">';
  answers(anEntity({ title: script, changed_by: aPerson('eve', script), reviews: [aReview({ note: script })] }));
  const { dialog } = await open();
  await heading(script);
  expect(within(dialog).getByText(script, { selector: 'q' })).toBeVisible();
  expect(dialog.querySelector('img')).toBeNull();
});
