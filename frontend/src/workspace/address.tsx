/**
 * Where in the workspace somebody is, as part of the page's address.
 *
 * So a link leads to it, and it is there again after a reload. Opening the workspace is a step that "Back" takes
 * back; moving from change to change is not, because nobody wants to go back through forty changes.
 */
import {
  createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode,
} from 'react';

import {
  ALL, NAME, addressWith, partOf, type Scope,
} from '../reviewsAddress';
import {
  AGES, GROUPINGS, STATES, WHOSE, type Filter, type Grouping,
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

const oneOf = <Value extends string, Other>(value: string | null, values: readonly Value[], other: Other) => (
  values.includes(value as Value) ? value as Value : other
);

const read = (params: URLSearchParams): Address => {
  const textOf = (part: string) => params.get(partOf(part)) ?? '';
  return {
    scope: params.get(NAME) || ALL,
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

const write = ({
  scope, grouping, filter, ...rest
}: Address): URLSearchParams => addressWith(scope, {
  ...rest, ...filter, group: grouping === 'content' ? '' : grouping, whose: filter.whose === 'me' ? '' : filter.whose,
});

interface Place {
  address: Address;
  move: (part: Partial<Address>) => void;
  close: () => void;
}

const Here = createContext<Place | undefined>(undefined);

/** Where somebody is, and the ways to be elsewhere. */
export const useAddress = (): Place => useContext(Here)!;

interface Props {
  /** The address by which the workspace was opened, or to which "Back" and "Forward" have led. */
  params: URLSearchParams;
  close: () => void;
  children: ReactNode;
}

/**
 * Keep where somebody is, for the workspace inside.
 *
 * Each step is kept here, and the browser's address follows without the router: Studio's page below reads the router's
 * location, and would be rendered again at each step.
 */
export const AddressProvider = ({ params, close, children }: Props) => {
  const opened = params.toString();
  const [moved, setMoved] = useState<{ opened: string, address: Address }>();
  const start = useMemo(() => read(new URLSearchParams(opened)), [opened]);
  const address = moved?.opened === opened ? moved.address : start;

  const move = useCallback((part: Partial<Address>) => setMoved((last) => {
    const from = last?.opened === opened ? last.address : start;
    return { opened, address: { ...from, ...part } };
  }), [opened, start]);

  useEffect(() => {
    // Not after a step back, or while this closes.
    if (moved?.opened !== opened || !new URLSearchParams(window.location.search).has(NAME)) { return; }
    try {
      window.history.replaceState(window.history.state, '', `?${write(moved.address)}${window.location.hash}`);
    } catch {
      // Safari refuses the hundred-and-first time in half a minute. The next step writes it.
    }
  }, [moved, opened]);

  const place = useMemo(() => ({ address, move, close }), [address, move, close]);
  return <Here.Provider value={place}>{children}</Here.Provider>;
};
