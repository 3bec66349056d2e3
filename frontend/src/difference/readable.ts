/**
 * Characters that cannot be seen, or that turn around what is beside them: a reviewer has to see that they are there.
 * Control characters, and Unicode's for the direction of writing, for no space at all and for the order of bytes.
 */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const codeOf = (character: string) => character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');

/** The text, with the names of such characters in their place. */
export const readable = (text: string) => text.replace(UNSEEN, (character) => `⟨U+${codeOf(character)}⟩`);

const SPACES: Record<string, string> = {
  ' ': '·', '\t': '→', '\u00a0': '⍽',
};

/** A change that is nothing but spaces, with signs in their place; any other text as it is. */
export const visibleSpaces = (text: string) => (
  text.trim() === '' ? text.replace(/[ \t\u00a0]/g, (space) => SPACES[space]!) : text
);
