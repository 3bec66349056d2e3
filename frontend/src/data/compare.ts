/** What differs between two answers to “what would be published?”, or between such an answer and what was published. */
import type { PublishResult } from './api';

type Item = PublishResult['published'][number];

export interface Changes {
  added: Item[];
  removed: Item[];
}

const idOf = ({ key, title, change }: Item) => `${change} ${key ?? title}`;
const without = (items: Item[], others: Item[]) => {
  const ids = new Set(others.map(idOf));
  return items.filter((item) => !ids.has(idOf(item)));
};

/** Undefined if there is no difference. */
export const compare = (before: PublishResult, after: PublishResult): Changes | undefined => {
  const added = without(after.published, before.published);
  const removed = without(before.published, after.published);
  // The server names the first thousand, and counts all.
  const isSame = added.length + removed.length === 0 && before.published_count === after.published_count;
  return isSame ? undefined : { added, removed };
};
