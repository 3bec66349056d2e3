import {
  act, screen, waitFor, within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Figures, MyReview, PaginatedMyReviewList } from '../data/schema';
import { HeaderAction } from '../header';
import { aLibrary, aPerson, aQueue } from '../testing/data';
import {
  API, mockStudio, renderInStudio, startAfresh,
} from '../testing/render';

const MINE = `${API}/my-reviews/`;
const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();

const aMine = (title: string, change: Partial<MyReview> = {}): MyReview => ({
  key: `lb:Test:Bread:html:${title}`,
  title,
  kind: 'component',
  block_type: 'html',
  change: 'edited',
  library: { key: 'lib:Test:Bread', title: 'Bread' },
  state: 'unreviewed',
  waiting_since: ago(3),
  age_days: 3,
  requested_by: null,
  due: null,
  is_overdue: false,
  ...change,
});

const COUNTS = {
  to_review: 0, to_answer: 0, with_others: 0, overdue: null,
};

let studio: MockAdapter;
let groups: Partial<Record<string, MyReview[]>>;
let counts: PaginatedMyReviewList['counts'];
let libraryCount: number;

const answer = (results: MyReview[], change: Partial<PaginatedMyReviewList> = {}): PaginatedMyReviewList => ({
  count: results.length,
  current_page: 1,
  num_pages: 1,
  start: 0,
  results,
  counts,
  library_count: libraryCount,
  ...change,
});
const groupOf = (url: string | undefined) => new URL(url!).searchParams.get('group') ?? 'to_review';

beforeEach(() => {
  startAfresh();
  groups = {};
  counts = { ...COUNTS, to_review: 2 };
  libraryCount = 1;
  studio = mockStudio();
  studio.onGet(new RegExp(MINE)).reply(({ url }) => [200, answer(groups[groupOf(url)] ?? [])]);
});

const show = (at = '/home?reviews=mine') => renderInStudio(<HeaderAction />, { at });
const asked = () => studio.history.get!.filter(({ url }) => url!.startsWith(MINE));
const rows = () => screen.getAllByRole('listitem');

describe('the button on a page that is no library’s', () => {
  it('counts what waits with one request, and opens My reviews, which are part of the address', async () => {
    const user = userEvent.setup();
    counts.to_answer = 1;
    show('/home?other=1');
    const button = await screen.findByRole('button', { name: 'Reviews: 2 changes to review, 1 request to answer' });
    expect(asked()).toHaveLength(1);
    await user.click(button);
    expect(await screen.findByRole('dialog', { name: 'My reviews' })).toBeVisible();
    expect(window.location.search).toBe('?other=1&reviews=mine');
    await user.click(screen.getByRole('button', { name: 'Close reviews' }));
    expect(window.location.search).toBe('?other=1');
    expect(button).toHaveFocus();
    act(() => window.history.back());
    expect(await screen.findByRole('dialog', { name: 'My reviews' })).toBeVisible();
  });

  it.each([
    ['nothing waits', 200, 1, 1],
    ['there is no library', 200, 0, 0],
    ['the plugin is not installed', 404, 1, 0],
    ['the server fails', 500, 1, 1],
  ])('is there as long as there may be reviews: %s', async (_, status, libraries, buttons) => {
    libraryCount = libraries;
    counts.to_review = 0;
    if (status !== 200) { studio.onGet(new RegExp(MINE)).reply(status); }
    const { queryClient } = show('/home');
    await waitFor(() => expect(studio.history.get).not.toHaveLength(0));
    await waitFor(() => expect(queryClient.isFetching()).toBe(0));
    expect(screen.queryAllByRole('button', { name: 'Reviews' })).toHaveLength(buttons);
  });
});

it('opens from a library’s workspace with one action', async () => {
  const user = userEvent.setup();
  studio.onGet(`${API}/libraries/lib%3ATest%3ABread/`).reply(200, aLibrary());
  studio.onGet(/\/queue\//).reply(200, aQueue([]));
  show('/library/lib:Test:Bread?reviews=all');
  await user.click(await screen.findByRole('button', { name: 'My reviews' }));
  expect(await screen.findByRole('dialog', { name: 'My reviews' })).toBeVisible();
  act(() => window.history.back());
  expect(await screen.findByRole('dialog', { name: 'Review: Bread' })).toBeVisible();
});

it('says of each change what it is, who asked, since when, and by when; and leads to it in its library', async () => {
  const tomorrow = new Date();
  tomorrow.setDate(tomorrow.getDate() + 1);
  const due = [tomorrow.getFullYear(), tomorrow.getMonth() + 1, tomorrow.getDate()]
    .map((part) => String(part).padStart(2, '0')).join('-');
  groups.to_review = [
    aMine('Salt', { requested_by: aPerson('ada', 'Ada'), due }),
    aMine('Oven', {
      block_type: 'unit', change: 'new', is_overdue: true, age_days: 9, waiting_since: ago(9), due: '2020-01-02',
    }),
    aMine('Yeast', { is_overdue: true, age_days: 8 }),
  ];
  show();
  const link = await screen.findByRole('link', { name: 'Salt' });
  expect(rows().map(({ textContent }) => textContent)).toEqual([
    'SaltText, edited · Bread · Ada asked for a review · changed 3 days agoNot revieweddue tomorrow',
    'OvenUnit, new · Bread · changed 9 days agoNot reviewedoverdue since Jan 2',
    'YeastText, edited · Bread · changed 3 days agoNot reviewedoverdue: waiting for 8 days',
  ]);
  expect(link).toHaveAttribute(
    'href',
    '/library/lib:Test:Bread?reviews=all&reviews-change=lb%3ATest%3ABread%3Ahtml%3ASalt',
  );
});

it('shows the list that the address names, and puts into it which one is chosen', async () => {
  const user = userEvent.setup();
  counts = {
    ...COUNTS, to_answer: 1, with_others: 1, overdue: 1,
  };
  groups.with_others = [aMine('Oven', { state: 'changes_requested' })];
  show('/home?reviews=mine&reviews-list=with_others');
  expect(await screen.findByRole('link', { name: 'Oven' })).toHaveAttribute('href', expect.stringMatching(/reviews-whose=all$/));
  expect(screen.getByRole('button', { name: 'Waiting for others (1)' })).toHaveAttribute('aria-pressed', 'true');
  expect(screen.getByRole('button', { name: 'Overdue (1)' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'To review (0)' }));
  expect(await screen.findByText(/^No change is waiting for your review/)).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Oven' })).not.toBeInTheDocument();
  expect(window.location.search).toBe('?reviews=mine&reviews-list=to_review');
});

it('shows no list of what is overdue to those who manage nothing, and says where there is no library', async () => {
  libraryCount = 0;
  show();
  expect(await screen.findByText(/^You have no access to any library/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /Overdue|Figures/ })).not.toBeInTheDocument();
});

it('shows more, and leads the keyboard on to it', async () => {
  const user = userEvent.setup();
  studio.onGet(new RegExp(MINE)).reply(({ url }) => {
    const page = Number(new URL(url!).searchParams.get('page'));
    return [200, answer([aMine(page === 2 ? 'Yeast' : 'Salt')], { num_pages: 2, current_page: page })];
  });
  show();
  await user.click(await screen.findByRole('button', { name: 'Show more (1 of 2 shown)' }));
  expect(await screen.findByRole('link', { name: 'Yeast' })).toHaveFocus();
  expect(screen.getByRole('link', { name: 'Salt' })).toBeVisible();
  expect(screen.queryByRole('button', { name: /Show more/ })).not.toBeInTheDocument();
});

it('says what went wrong, and tries again', async () => {
  const user = userEvent.setup();
  studio.onGet(new RegExp(MINE)).reply(500);
  show();
  const again = await screen.findByRole('button', { name: 'Try again' });
  groups.to_review = [aMine('Salt')];
  studio.onGet(new RegExp(MINE)).reply(200, answer(groups.to_review));
  await user.click(again);
  expect(await screen.findByRole('link', { name: 'Salt' })).toBeVisible();
  expect(again).not.toBeInTheDocument();
});

it('shows the figures of a library that the person manages, and asks for them only then', async () => {
  const user = userEvent.setup();
  counts.overdue = 0;
  const figures: Figures = {
    period_days: 90,
    unreviewed: 5,
    changes_requested: 1,
    overdue: 2,
    open_by_age: [
      { from_days: 0, to_days: 1, count: 4 }, { from_days: 31, to_days: null, count: 2 },
    ],
    to_first_verdict: { count: 12, median_seconds: 150_000, percentile_90_seconds: 518_400 },
    to_publish: null,
  };
  studio.onGet(`${API}/libraries/?may_manage_policy=true`).reply(200, {
    results: [{ key: 'lib:Test:Bread', title: 'Bread' }, { key: 'lib:Test:Cake', title: 'Cake' }],
  });
  studio.onGet(`${API}/libraries/lib%3ATest%3ABread/figures/`).reply(200, figures);
  studio.onGet(`${API}/libraries/lib%3ATest%3ACake/figures/`).reply(200, { ...figures, unreviewed: 1, overdue: 0 });
  show();
  const toggle = await screen.findByRole('button', { name: 'Figures' });
  expect(studio.history.get!.filter(({ url }) => /libraries/.test(url!))).toHaveLength(0);
  await user.click(toggle);
  const part = await screen.findByRole('region', { name: 'Figures' });
  const table = await within(part).findByRole('table', {
    name: '5 changes wait for a review, 2 of them too long; 1 waits for its author. By age:',
  });
  expect(within(table).getAllByRole('row').map(({ textContent }) => textContent)).toEqual([
    '0 to 1 days4', '31 days and more2',
  ]);
  expect(part).toHaveTextContent('Half of the changes get a first review within 42 hours; 9 of 10 within 6 days.');
  expect(part).toHaveTextContent('Too few changes were published in the last 90 days');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Library' }), 'Cake');
  expect(await screen.findByRole('table', { name: /^1 change waits for a review; 1 waits/ })).toBeVisible();
});
