/** What an author is writing to ask for a review, kept in the tab until it is sent. */
import { useMemo } from 'react';

import type { RequestReview } from '../data/schema';
import { readTab, useTab, writeTab } from '../tabStorage';

export interface Draft {
  /** Usernames. */
  people: string[];
  /** What is in the field for another one. */
  typed: string;
  message: string;
  /** A day, or empty. */
  due: string;
}

export const EMPTY: Draft = {
  people: [], typed: '', message: '', due: '',
};

export const draftName = (key: string) => `ask.${key}`;

/** As a list: no username has a space or a comma in it. */
export const namesIn = ({ people, typed }: Draft) => [
  ...new Set([...people, ...typed.split(/[\s,;]+/).filter(Boolean)]),
];

export const requestOf = (draft: Draft): RequestReview => ({
  reviewers: namesIn(draft), message: draft.message.trim(), due: draft.due || null,
});

/** The draft, and how it is changed. It begins with what the open request says, and that is not kept. */
export const useDraft = (key: string, initial: Draft) => {
  const name = draftName(key);
  const kept = useTab(name);
  const draft = useMemo<Draft>(() => (kept ? JSON.parse(kept) : initial), [kept, initial]);
  return {
    draft,
    write: (part: Partial<Draft>) => {
      const next = JSON.stringify({ ...draft, ...part });
      writeTab(name, next === JSON.stringify(initial) ? '' : next);
    },
    /** The server has this now. What was typed since then stays. */
    forget: () => { if (readTab(name) === kept) { writeTab(name, ''); } },
  };
};
