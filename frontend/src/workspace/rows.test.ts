import type { QueueRow } from '../data/api';
import { aRow } from '../testing/data';
import {
  NO_FILTER, STATES, WHOSE, countEach, find, groupsOf, nextOf, type Filter,
} from './rows';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString();

const titles = (rows: QueueRow[]) => rows.map(({ title }) => title);
const found = (rows: QueueRow[], filter: Partial<Filter>) => titles(find(rows, { ...NO_FILTER, ...filter }, NOW));

const ROWS = [
  aRow({ title: 'Salt', waits_for_me: 'review', changed_at: daysAgo(0) }),
  aRow({
    title: 'Épices', is_mine: true, state: 'changes_requested', waits_for_me: 'answer', changed_at: daysAgo(2),
  }),
  aRow({
    title: 'Yeast', block_type: 'problem', state: 'reviewed', changed_by: { username: 'otto', name: '' }, changed_at: daysAgo(8),
  }),
  aRow({
    title: 'Old', is_outdated: true, changed_by: null, changed_at: null,
  }),
];

it.each([
  [{}, ['Salt', 'Épices', 'Yeast', 'Old']],
  [{ whose: 'me' }, ['Salt', 'Épices']],
  [{ whose: 'mine' }, ['Épices']],
  [{ state: 'unreviewed' }, ['Salt', 'Old']],
  [{ state: 'outdated' }, ['Old']],
  [{ author: 'otto' }, ['Yeast']],
  [{ author: '?' }, ['Old']],
  [{ type: 'problem' }, ['Yeast']],
  [{ age: 'day' }, ['Épices', 'Yeast']],
  [{ age: 'week' }, ['Yeast']],
  [{ text: 'epic' }, ['Épices']],
  [{ whose: 'me', text: 's' }, ['Salt', 'Épices']],
  [{ whose: 'me', text: 'salt', type: 'problem' }, []],
] as [Partial<Filter>, string[]][])('the filter %j leaves %j', (filter, left) => {
  expect(found(ROWS, filter)).toEqual(left);
});

it('counts each choice as the other choices are', () => {
  const filter = { ...NO_FILTER, whose: 'me' as const };
  expect(Object.fromEntries(countEach(ROWS, filter, 'state', STATES, NOW))).toEqual({
    in_progress: 0, unreviewed: 1, changes_requested: 1, outdated: 0, reviewed: 0,
  });
  expect(Object.fromEntries(countEach(ROWS, filter, 'whose', WHOSE, NOW))).toEqual({ me: 2, mine: 1, all: 4 });
});

it('groups as the content is, and puts a container at the top of what is in it', () => {
  const section = { key: 'lct:s', title: 'Section' };
  const path = [section, { key: 'lct:u2', title: 'Unit 2' }];
  const rows = [
    aRow({ title: 'Loose' }),
    aRow({ title: 'B', path }),
    aRow({
      key: 'lct:u2', kind: 'unit', title: 'Unit 2', path: [section],
    }),
    aRow({ title: 'A', path: [section, { key: 'lct:u10', title: 'Unit 10' }] }),
    aRow({ key: 'lct:s', kind: 'section', title: 'Section' }),
  ];
  expect(groupsOf(rows, 'content').map((group) => [group.titles.join(' › '), titles(group.rows)])).toEqual([
    ['Section', ['Section']],
    ['Section › Unit 2', ['Unit 2', 'B']],
    ['Section › Unit 10', ['A']],
    ['', ['Loose']],
  ]);
});

it('groups by time, the newest first', () => {
  expect(groupsOf(ROWS, 'time', NOW).map(({ key, rows }) => [key, titles(rows)])).toEqual([
    ['today', ['Salt']], ['week', ['Épices']], ['older', ['Yeast', 'Old']],
  ]);
});

it('goes from row to row, and leaves out what has no key', () => {
  const rows = [aRow({ key: 'lb:1' }), aRow({ key: null }), aRow({ key: 'lb:2' })];
  expect(nextOf(rows, null)?.key).toBe('lb:1');
  expect(nextOf(rows, 'lb:1')?.key).toBe('lb:2');
  expect(nextOf(rows, 'lb:2', -1)?.key).toBe('lb:1');
  expect(nextOf(rows, 'lb:2')).toBeUndefined();
  expect(nextOf(rows, 'lb:gone')?.key).toBe('lb:1');
});
