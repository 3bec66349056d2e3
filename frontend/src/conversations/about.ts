/** What a conversation is about, and whether that is in the change as it is shown. */
import type { Difference } from '../data/api';
import type { Tab } from '../workspace/address';
import { newTextOf, type Place } from './places';
import type { Conversation, Start } from './requests';

// The address of a link is part of a paragraph only where the text is new.
const LINK_ADDRESS = / \([^\s()]*\)/g;
// The server keeps no more of a text than its beginning.
const MOST_KEPT = 500;

const isText = (kept: string, { kind, text }: Place) => {
  const characters = [...(kind === 'part' ? text.replace(LINK_ADDRESS, '') : text)];
  return characters.length > MOST_KEPT
    ? kept.startsWith(characters.slice(0, MOST_KEPT).join(''))
    : kept === characters.join('');
};

/** Whether a conversation is about this place. Lines are told apart by number, others by their text. */
export const isAbout = ({ anchor, number, is_on_earlier_version: isGone }: Conversation, place: Place) => (
  !isGone
  && anchor.kind === place.kind
  && anchor.part === (place.part ?? '')
  && (place.kind !== 'line' || number === place.number)
  && isText(anchor.text, place)
);

/** The lines of the new version that a diff shows. */
const linesIn = (unified: string): Place[] => {
  let next: number | undefined;
  return unified.split('\n').flatMap((line): Place[] => {
    const hunk = /^@@ -\S+ \+(\d+)/.exec(line);
    if (hunk) { next = Number(hunk[1]); }
    if (hunk || next === undefined || !/^[+ ]/.test(line)) { return []; }
    next += 1;
    return [{ kind: 'line', text: line.slice(1), number: next - 1 }];
  });
};

/** All places that a difference shows. */
export const placesIn = ({
  olx, words, files, children,
}: Difference): Place[] => [
  ...linesIn(olx?.unified ?? ''),
  ...(words?.parts ?? []).flatMap(({ part, blocks }) => (
    blocks.map((block): Place => ({ kind: 'part', text: newTextOf(block), part })).filter(({ text }) => text)
  )),
  ...files.filter((file) => file.new).map(({ path }): Place => ({ kind: 'file', text: path })),
  ...(children ?? []).filter(({ key, change }) => key && change !== 'removed').map(({ key, title }): Place => (
    { kind: 'child', text: key!, title }
  )),
];

/** Tells places apart, and says which one it is. */
export const nameOf = (version: number | null, {
  kind, text, number, part,
}: Place) => JSON.stringify({
  version, kind, text, number, part,
});

/** The place and the version in such a name; undefined if it names something else. */
export const placeNamed = (name: string): Place & { version: number | null } | undefined => (
  name.startsWith('{') ? JSON.parse(name) : undefined
);

export const tabOf = ({ kind }: Place): Tab => (kind === 'part' ? 'words' : 'source');

/** How the server is told the place. */
export const bodyOf = ({
  kind, text, number, part,
}: Place): Partial<Start> => {
  switch (kind) {
    case 'line': return { line: number };
    case 'part': return { part: { kind: part!, text } };
    case 'file': return { file: text };
    default: return { child: text };
  }
};
