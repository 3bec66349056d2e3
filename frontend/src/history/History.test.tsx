import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import {
  aJudgement, aPerson, aRequest, aReview,
} from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { History } from './History';
import type { HistoryEntry, Judgement } from '../data/schema';

const HISTORY = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Asalt/history/?page_size=100`;

let studio: MockAdapter;

const anEntry = (change: Partial<HistoryEntry> = {}): HistoryEntry => ({
  kind: 'edit',
  time: '2026-01-02T03:04:05Z',
  person: aPerson('ada', 'Ada'),
  version_num: 2,
  is_deletion: false,
  changed_nothing: false,
  review: null,
  judgement: null,
  added: null,
  ...change,
});
const aPublish = (judgement: Partial<Judgement> | null): HistoryEntry => anEntry({
  kind: 'publish',
  judgement: judgement && aJudgement(judgement),
});
const aVerdict = (review: HistoryEntry['review']) => anEntry({ kind: 'review', review });
const answers = (results: HistoryEntry[], count = results.length, isComplete = true) => (
  studio.onGet(HISTORY).reply(200, { count, results, is_complete: isComplete })
);
const show = () => renderInStudio(<History entityKey="lb:Test:Bread:html:salt" />);
const lines = async () => (await screen.findAllByRole('listitem')).map(({ textContent }) => textContent);

beforeEach(() => {
  studio = mockStudio('rita');
  jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-01-05T03:04:05Z'));
});

it('tells the whole story in one list, with the exact times', async () => {
  answers([
    anEntry({ is_deletion: true, version_num: null, person: null }),
    aPublish({}),
    aVerdict(aReview()),
    aVerdict(aRequest({ in_force: false, withdrawn_at: '2026-01-04T00:00:00Z', replaced: true })),
    aVerdict(aRequest({ id: 4, in_force: false, withdrawn_at: '2026-01-04T00:00:00Z' })),
    anEntry({ changed_nothing: true, version_num: 3 }),
    anEntry(),
  ]);
  show();
  expect(await lines()).toEqual([
    'Deleted by an unknown person, 3 days ago',
    'Published by Ada, 3 days ago · version 2Reviewed when it went live.',
    'Reviewed by you, 2 days ago · version 2',
    'Changes requested by Otto, 2 days ago · version 2Name the amount.Replaced by a later verdict of the same reviewer.',
    'Changes requested by Otto, 2 days ago · version 2 · withdrawn by a deleted account, yesterdayName the amount.',
    'Saved without a change by Ada, 3 days ago · version 3',
    'Edited by Ada, 3 days ago · version 2',
  ]);
  expect(screen.getAllByText('3 days ago')[0]).toHaveAttribute('title', expect.stringMatching(/^January 2, 2026 at /));
});

it('tells what other plugins add, and says so when that is missing', async () => {
  const added = { code: 'conversation_started', title: 'Conversation started', text: 'How much?' };
  answers([anEntry({ kind: 'other', added }), anEntry({ kind: 'other', added: { ...added, text: '' }, person: null })]);
  const { unmount } = show();
  expect(await lines()).toEqual([
    'Conversation started by Ada, 3 days agoHow much?',
    'Conversation started by an unknown person, 3 days ago',
  ]);
  expect(screen.queryByText(/missing/)).not.toBeInTheDocument();
  unmount();
  answers([anEntry()], 1, false);
  show();
  expect(await screen.findByText(/^Conversations and the like are missing here/)).toBeVisible();
});

it.each([
  [{
    basis: 'bypassed', unreviewed: true, reason: 'The exam is today', decided_by: aPerson('ada', 'Ada'),
  },
  'Not reviewed when it went live. Published without a review on the word of Ada:The exam is today'],
  [{ basis: 'bypassed', unreviewed: true, reason: 'At night (operator)' },
    'Not reviewed when it went live. Published without a review by an operator, or by an account that was deleted since:At night (operator)'],
  [{ basis: 'bypassed', unreviewed: false }, 'Reviewed when it went live.'],
  [{ basis: 'bypassed', unreviewed: null, decided_by: aPerson('ada', 'Ada') },
    'It is not on record what was reviewed. Published without a review on the word of Ada:'],
  [{ basis: 'not_required', mode: 'off', unreviewed: true },
    'Not reviewed when it went live. No review was required: reviews were off.'],
  [{ basis: 'not_required', mode: 'advisory' }, 'Reviewed when it went live. No review was required: advisory mode.'],
  [{ basis: 'restored' }, 'Restored from a backup.'],
  [{ basis: 'before_plugin' }, 'Published before reviews were recorded.'],
] as [Partial<Judgement>, string][])('says how a publish was judged: %j', async (judgement, sentence) => {
  answers([aPublish(judgement)]);
  show();
  expect(await lines()).toEqual([`Published by Ada, 3 days ago · version 2${sentence}`]);
});

it.each([[{ basis: 'unexplained' }], [null]] as [Partial<Judgement> | null][])('says in red, and in a word, what is unexplained: %j', async (judgement) => {
  answers([aPublish(judgement)]);
  show();
  expect(await screen.findByText(/^Unexplained: nothing is on record/)).toHaveClass('text-danger');
});

it.each([[1, null], [2, 'And 1 older one.'], [4, 'And 3 older ones.']])(
  'says how much more there is: %d',
  async (count, sentence) => {
    answers([anEntry()], count);
    show();
    await lines();
    expect(screen.queryByText(/older/)?.textContent ?? null).toBe(sentence);
  },
);

it('says so when nothing is on record', async () => {
  answers([]);
  show();
  expect(await screen.findByText('Nothing is on record yet.')).toBeVisible();
});

it('says so when it could not be loaded, and tries again', async () => {
  studio.onGet(HISTORY).reply(403);
  show();
  expect(await screen.findByRole('alert')).toHaveTextContent('You have no access');
  answers([anEntry()]);
  await userEvent.setup().click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/^Edited by Ada/)).toBeVisible();
});
