/**
 * Authors' text, with hidden characters made visible.
 *
 * Some characters are invisible, and some reverse the text beside them. A reviewer has to know that they are there, so
 * their codes are shown instead. `sample_plugin/reviews/texts/readable.py` does the same, from the same table.
 */
import table from './readable.json';

const oneOf = (name: keyof typeof table) => {
  const ranges = table[name].map((item) => item.split('-').map((end) => `\\u{${end}}`).join('-'));
  return `[${ranges.join('')}]`;
};

const EMOJI = oneOf('emoji');
const JOINED = oneOf('joined');
/** What is unseen, and yet belongs where it is. */
const NEEDED = [
  `(?<=${EMOJI})\uFE0F`,
  '(?<=[#*0-9])\uFE0F(?=\u20E3)',
  `(?:(?<=${EMOJI})|(?<=${EMOJI}\uFE0F))\u200D(?=${EMOJI})`,
  `(?<=${JOINED})[\u200C\u200D](?=${JOINED})`,
].join('|');
const UNSEEN = new RegExp(`(?!${NEEDED})${oneOf('unseen')}`, 'gu');

const codeOf = (character: string) => character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');

/** The text with the codes of unseen characters in their place, as ⟨U+202E⟩; tabs and line feeds stay. */
export const readable = (text: string) => text.replace(UNSEEN, (character) => `⟨U+${codeOf(character)}⟩`);

const SPACES: Record<string, string> = {
  ' ': '·', '\t': '→', '\u00a0': '⍽',
};

/** A change that is nothing but spaces, with signs in their place; any other text as it is. */
export const visibleSpaces = (text: string) => (
  text.trim() === '' ? text.replace(/[ \t\u00a0]/g, (space) => SPACES[space]!) : text
);
