/**
 * What somebody is writing about a change, kept until it is sent.
 *
 * A reload, a lost session or a closed workspace loses nothing. By change: a note about one never ends up with another.
 */
import { readTab, useTab, writeTab } from '../tabStorage';

const nameOf = (key: string) => `note.${key}`;

/** The server has this text now. What was typed since then stays. */
export const forgetNote = (key: string, sent: string) => {
  if (readTab(nameOf(key)).trim() === sent) { writeTab(nameOf(key), ''); }
};

/** Put a text back that is no longer on the server, unless another one is there by now. */
export const restoreNote = (key: string, text: string) => {
  if (!readTab(nameOf(key)).trim()) { writeTab(nameOf(key), text); }
};

/** The text about this change, and the function that changes it. */
export const useNote = (key: string): [string, (text: string) => void] => [
  useTab(nameOf(key)), (text) => writeTab(nameOf(key), text),
];
