/** A unified diff as rows, in which lines that stand for each other are beside each other. */
import { diffWordsWithSpace, parsePatch } from 'diff';

export interface Part {
  text: string;
  isChanged: boolean;
}

export interface Line {
  number: number;
  parts: Part[];
  /** The file ends with this line, without a line break. */
  isUnended?: boolean;
}

/** What the line says. */
export const textOf = ({ parts }: Pick<Line, 'parts'>) => parts.map(({ text }) => text).join('');

/** Both sides if the line is the same, or was put in place of the other; one if it was added or removed. */
export interface Row {
  isSame: boolean;
  old?: Line;
  new?: Line;
}

export interface Hunk {
  oldStart: number;
  newStart: number;
  rows: Row[];
}

// To compare words takes time: what is longer, or comes after so many, is marked as a line only.
const MAX_LINE = 2_000; // characters
const MAX_PAIRS = 500;
const LIMITS = { timeout: 20, maxEditLength: 200 }; // milliseconds; words

/** Below this share of what is in both, two lines have nothing to do with each other. */
const SIMILAR = 0.3;

const lengthOf = (text: string) => text.replace(/\s/g, '').length;

/** A phrase is one part: the spaces between two words that changed are as good as changed. */
const joined = (parts: Part[]): Part[] => {
  const whole: Part[] = [];
  parts.forEach((part, index) => {
    const isBetween = part.text.trim() === '' && parts[index - 1]?.isChanged && parts[index + 1]?.isChanged;
    const isChanged = part.isChanged || isBetween === true;
    const last = whole.at(-1);
    if (last?.isChanged === isChanged) { last.text += part.text; } else { whole.push({ text: part.text, isChanged }); }
  });
  return whole;
};

/** What of two lines is the same. Undefined if that says nothing, or takes too long. */
const wordsOf = (oldText: string, newText: string) => {
  if (oldText.length > MAX_LINE || newText.length > MAX_LINE) { return undefined; }
  const changes = diffWordsWithSpace(oldText, newText, LIMITS);
  if (!changes) { return undefined; }
  const same = changes.filter(({ added, removed }) => !added && !removed).map(({ value }) => lengthOf(value));
  const length = Math.max(lengthOf(oldText), lengthOf(newText));
  if (same.reduce((sum, each) => sum + each, 0) < length * SIMILAR) { return undefined; }
  const side = (other: 'added' | 'removed', own: 'added' | 'removed'): Part[] => joined(changes
    .filter((change) => !change[other])
    .map((change) => ({ text: change.value, isChanged: change[own] })));
  return { old: side('added', 'removed'), new: side('removed', 'added') };
};

const plain = (text: string): Part[] => [{ text, isChanged: false }];

/** Rows of the lines removed and added at one place, in the order in which they stand for each other. */
const pairs = (removed: Line[], added: Line[], mayCompare: () => boolean): Row[] => {
  const rows: Row[] = [];
  for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
    const row = { isSame: false, old: removed[index], new: added[index] };
    if (row.old && row.new && mayCompare()) {
      const words = wordsOf(row.old.parts[0]!.text, row.new.parts[0]!.text);
      row.old = { ...row.old, parts: words?.old ?? row.old.parts };
      row.new = { ...row.new, parts: words?.new ?? row.new.parts };
    }
    rows.push(row);
  }
  return rows;
};

/** The hunks; null if that is no diff that we understand, which is to be shown as it is then. */
export const hunksOf = (unified: string): Hunk[] | null => {
  let left = MAX_PAIRS;
  const mayCompare = () => {
    left -= 1;
    return left >= 0;
  };
  try {
    const hunks = parsePatch(unified).flatMap((file) => file.hunks);
    if (hunks.some(({ oldStart, newStart }) => Number.isNaN(oldStart + newStart))) { return null; }
    return hunks.map(({ oldStart, newStart, lines }) => {
      const rows: Row[] = [];
      let removed: Line[] = [];
      let added: Line[] = [];
      let last: Line[] = [];
      let oldNumber = oldStart;
      let newNumber = newStart;
      const flush = () => {
        rows.push(...pairs(removed, added, mayCompare));
        removed = [];
        added = [];
      };
      lines.forEach((line) => {
        const parts = plain(line.slice(1));
        if (line.startsWith('\\')) {
          last.forEach((each) => { each.isUnended = true; }); // eslint-disable-line no-param-reassign
        } else if (line.startsWith('-')) {
          // What was added before belongs to another place.
          if (added.length > 0) { flush(); }
          last = [{ number: oldNumber, parts }];
          removed.push(...last);
          oldNumber += 1;
        } else if (line.startsWith('+')) {
          last = [{ number: newNumber, parts }];
          added.push(...last);
          newNumber += 1;
        } else {
          flush();
          last = [{ number: oldNumber, parts }, { number: newNumber, parts }];
          rows.push({ isSame: true, old: last[0], new: last[1] });
          oldNumber += 1;
          newNumber += 1;
        }
      });
      flush();
      return { oldStart, newStart, rows };
    });
  } catch {
    return null;
  }
};

/** A line as it is in a unified view: below those that it stands for. */
export interface UnifiedLine extends Line {
  kind: 'same' | 'removed' | 'added';
  oldNumber?: number;
  newNumber?: number;
}

export const unifiedLines = (rows: Row[]): UnifiedLine[] => {
  const lines: UnifiedLine[] = [];
  let added: UnifiedLine[] = [];
  rows.forEach((row) => {
    if (row.isSame) {
      lines.push(...added, {
        kind: 'same', oldNumber: row.old!.number, newNumber: row.new!.number, ...row.new!,
      });
      added = [];
      return;
    }
    if (row.old) { lines.push({ kind: 'removed', oldNumber: row.old.number, ...row.old }); }
    if (row.new) { added.push({ kind: 'added', newNumber: row.new.number, ...row.new }); }
  });
  return [...lines, ...added];
};
