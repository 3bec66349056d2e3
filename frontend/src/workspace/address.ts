/**
 * Where in the workspace somebody is, as part of the page's address.
 *
 * So a link leads to it, and it is there again after a reload. Opening the workspace is a step that "Back" takes
 * back; moving from change to change is not, because nobody wants to go back through forty changes.
 */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

import { ALL, NAME, type Scope } from '../reviewsAddress';
import {
  AGES, GROUPINGS, NO_FILTER, STATES, WHOSE, type Filter, type Grouping,
} from './rows';

export const importScope = (id: number | ''): Scope => `import-${id}`;

export const TABS = ['preview', 'words', 'source'] as const;
export type Tab = typeof TABS[number];

export interface Address {
  scope: Scope;
  change: string;
  tab: Tab | '';
  grouping: Grouping;
  filter: Filter;
}

const named = (part: string) => `${NAME}-${part}`;

const oneOf = <Value extends string, Other>(value: string | null, values: readonly Value[], other: Other) => (
  values.includes(value as Value) ? value as Value : other
);

const read = (params: URLSearchParams): Address | undefined => {
  const scope = params.get(NAME);
  if (!scope) { return undefined; }
  const textOf = (part: string) => params.get(named(part)) ?? '';
  return {
    scope,
    change: textOf('change'),
    tab: oneOf(textOf('tab'), TABS, ''),
    grouping: oneOf(textOf('group'), GROUPINGS, 'content'),
    filter: {
      whose: oneOf(textOf('whose'), WHOSE, 'me'),
      state: oneOf(textOf('state'), STATES, ''),
      author: textOf('author'),
      type: textOf('type'),
      age: oneOf(textOf('age'), AGES, ''),
      text: textOf('text'),
    },
  };
};

const write = (params: URLSearchParams, address: Address | undefined): URLSearchParams => {
  const written = new URLSearchParams(params);
  [...params.keys()].filter((name) => name === NAME || name.startsWith(named(''))).forEach((name) => written.delete(name));
  if (address) {
    const {
      scope, change, tab, grouping, filter,
    } = address;
    written.set(NAME, scope);
    const parts = {
      change, tab, group: grouping === 'content' ? '' : grouping, ...filter, whose: filter.whose === 'me' ? '' : filter.whose,
    };
    Object.entries(parts).filter(([, value]) => value).forEach(([part, value]) => written.set(named(part), value));
  }
  return written;
};

/** Where the workspace opens: on what waits for the person who opens it. */
const START: Address = {
  scope: ALL, change: '', tab: '', grouping: 'content', filter: { ...NO_FILTER, whose: 'me' },
};

/** The address, undefined if the workspace is closed, and the ways to change it. */
export const useAddress = () => {
  const [params, setParams] = useSearchParams();
  const latest = useMemo(() => read(params), [params]);
  // The same object as long as it says the same: thousands of rows are not filtered again at each step.
  const filterText = JSON.stringify(latest?.filter);
  const filter = useMemo(() => (filterText ? JSON.parse(filterText) as Filter : NO_FILTER), [filterText]);
  const address = useMemo(() => latest && { ...latest, filter }, [latest, filter]);

  const move = useCallback((part: Partial<Address>) => {
    setParams(
      (current) => write(current, { ...START, ...read(current), ...part }),
      { replace: true, preventScrollReset: true },
    );
  }, [setParams]);
  const close = useCallback(() => {
    setParams((current) => write(current, undefined), { preventScrollReset: true });
  }, [setParams]);
  return {
    address, move, close,
  };
};
