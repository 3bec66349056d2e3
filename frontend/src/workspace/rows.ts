/** The queue as the workspace shows it: which rows, in which order and groups, and how many there are of each kind. */
import type { QueueRow } from '../data/api';

export const WHOSE = ['me', 'mine', 'all'] as const;
export const STATES = ['in_progress', 'unreviewed', 'changes_requested', 'outdated', 'reviewed'] as const;
export const AGES = ['day', 'week', 'month'] as const;
export const GROUPINGS = ['content', 'time'] as const;

export type Whose = typeof WHOSE[number];
export type Age = typeof AGES[number];
export type Grouping = typeof GROUPINGS[number];

/** What to show; an empty string stands for everything. */
export interface Filter {
  /** Changes that wait for the person looking, changes that they made, or all. */
  whose: Whose;
  state: '' | typeof STATES[number];
  author: string;
  type: string;
  /** Changed at least so long ago. */
  age: '' | Age;
  text: string;
}

export const NO_FILTER: Filter = {
  whose: 'all', state: '', author: '', type: '', age: '', text: '',
};

/** An author whom core does not know. */
export const UNKNOWN_AUTHOR = '?';

const DAY = 86_400_000;
const MILLISECONDS: Record<Age, number> = { day: DAY, week: 7 * DAY, month: 30 * DAY };

export const authorOf = ({ changed_by: author }: QueueRow) => author?.username ?? UNKNOWN_AUTHOR;

const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

// Of each row once, and not for each letter that is typed.
const foldedRows = new WeakMap<QueueRow, string>();
const foldedOf = (row: QueueRow) => {
  const known = foldedRows.get(row) ?? folded(`${row.title}\n${row.key ?? ''}`);
  foldedRows.set(row, known);
  return known;
};

const matches = (name: keyof Filter, { [name]: wanted }: Filter, row: QueueRow, now: number): boolean => {
  if (wanted === '') { return true; }
  switch (name) {
    case 'whose': return wanted === 'all' || (wanted === 'mine' ? row.is_mine : row.waits_for_me !== null);
    case 'state': return wanted === 'outdated' ? row.is_outdated : row.state === wanted;
    case 'author': return authorOf(row) === wanted;
    case 'type': return row.block_type === wanted;
    case 'age': return row.changed_at !== null && now - Date.parse(row.changed_at) >= MILLISECONDS[wanted as Age];
    default: return foldedOf(row).includes(wanted);
  }
};

/** The rows that match all of the filter. */
export const find = (rows: QueueRow[], filter: Filter, now = Date.now()): QueueRow[] => {
  const wanted = { ...filter, text: folded(filter.text) };
  const names = (Object.keys(NO_FILTER) as (keyof Filter)[]).filter((name) => wanted[name] !== '');
  return rows.filter((row) => names.every((name) => matches(name, wanted, row, now)));
};

/** How many rows there would be with each of these values in place of one part of the filter. */
export const countEach = <Name extends keyof Filter>(
  rows: QueueRow[],
  filter: Filter,
  name: Name,
  values: readonly Filter[Name][],
  now = Date.now(),
): Map<Filter[Name], number> => {
  const candidates = find(rows, { ...filter, [name]: name === 'whose' ? 'all' : '' }, now);
  return new Map(values.map((value) => [
    value, candidates.filter((row) => matches(name, { ...filter, [name]: value }, row, now)).length,
  ]));
};

export interface Group {
  key: string;
  /** The titles of the containers, from the outermost to the innermost; or the time. */
  titles: string[];
  rows: QueueRow[];
}

const isContainer = ({ kind }: QueueRow) => kind !== 'component';

/** A container that has changed stands at the top of what it contains. */
const placeOf = (row: QueueRow): QueueRow['path'] => (
  isContainer(row) && row.key !== null ? [...row.path, { key: row.key, title: row.title }] : row.path
);

const groupBy = (rows: QueueRow[], keyAndTitlesOf: (row: QueueRow) => [string, string[]]): Group[] => {
  const groups = new Map<string, Group>();
  rows.forEach((row) => {
    const [key, titles] = keyAndTitlesOf(row);
    const group = groups.get(key);
    if (group) { group.rows.push(row); } else { groups.set(key, { key, titles, rows: [row] }); }
  });
  return [...groups.values()];
};

// Made once: the browser takes longer to make one than to compare two titles.
const collator = new Intl.Collator(undefined, { numeric: true });

const compareTitles = (one: Group, other: Group) => {
  const length = Math.max(one.titles.length, other.titles.length);
  for (let level = 0; level < length; level += 1) {
    const [title, otherTitle] = [one.titles[level], other.titles[level]];
    // What is in no container comes last; what is in the outer one only comes before what is further inside.
    if (title === undefined) { return one.titles.length === 0 ? 1 : -1; }
    if (otherTitle === undefined) { return other.titles.length === 0 ? -1 : 1; }
    const order = collator.compare(title, otherTitle);
    if (order !== 0) { return order; }
  }
  return one.key < other.key ? -1 : 1;
};

/** Grouped as the content is: section, subsection, unit. */
const byContent = (rows: QueueRow[]): Group[] => {
  const groups = groupBy(rows, (row) => {
    const place = placeOf(row);
    return [place.map(({ key }) => key).join(' '), place.map(({ title }) => title)];
  });
  groups.forEach((group) => group.rows.sort((one, other) => Number(isContainer(other)) - Number(isContainer(one))));
  return groups.sort(compareTitles);
};

export const TIMES = ['today', 'yesterday', 'week', 'older'] as const;

/** Grouped by the day of the last change, the newest first. */
const byTime = (rows: QueueRow[], now: number): Group[] => {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const timeOf = ({ changed_at: time }: QueueRow) => (time === null ? 0 : Date.parse(time));
  const groups = groupBy(rows, (row) => {
    const time = timeOf(row);
    const starts = [midnight, midnight - DAY, midnight - 7 * DAY, -Infinity];
    return [TIMES[starts.findIndex((start) => time >= start)]!, []];
  });
  groups.forEach((group) => group.rows.sort((one, other) => timeOf(other) - timeOf(one)));
  return groups.sort((one, other) => TIMES.indexOf(one.key as any) - TIMES.indexOf(other.key as any));
};

/** The rows in groups, in the order in which they are reviewed. */
export const groupsOf = (rows: QueueRow[], grouping: Grouping, now = Date.now()): Group[] => (
  grouping === 'content' ? byContent(rows) : byTime(rows, now)
);

/** The row to open once this one is decided: the next one, or, after the last, the first one that is left. */
export const nextOf = (ordered: QueueRow[], key: string | null, step = 1): QueueRow | undefined => {
  const others = ordered.filter((row) => row.key !== null);
  const index = others.findIndex((row) => row.key === key);
  if (index === -1) { return others[0]; }
  return others[index + step];
};
