/**
 * What somebody is writing in the conversations about an item, kept in the tab until it is sent.
 *
 * By what it is: a reply to a conversation, an edit of a comment, or the start of one about a place in a version.
 */
import { useMemo } from 'react';

import { readTab, useTab, writeTab } from '../tabStorage';

const tabName = (key: string) => `comments.${key}`;
const parse = (kept: string): Record<string, string> => JSON.parse(kept || '{}');

export const useDrafts = (key: string) => {
  const kept = useTab(tabName(key));
  return useMemo(() => parse(kept), [kept]);
};

/** An empty text is as good as none. */
export const writeDraft = (key: string, name: string, text: string) => {
  const all = parse(readTab(tabName(key)));
  if (text) { all[name] = text; } else { delete all[name]; }
  writeTab(tabName(key), Object.keys(all).length > 0 ? JSON.stringify(all) : '');
};

/** The server has this text now. What was typed since then stays. */
export const forgetDraft = (key: string, name: string, sent: string) => {
  if (parse(readTab(tabName(key)))[name]?.trim() === sent) { writeDraft(key, name, ''); }
};
