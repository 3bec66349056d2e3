import { hunksOf, unifiedLines, type Part } from './lines';

const HEAD = '--- published\n+++ draft\n';

const rowsOf = (unified: string) => hunksOf(HEAD + unified)!.flatMap(({ rows }) => rows);
const written = (parts: Part[] | undefined) => (
  parts?.map(({ text, isChanged }) => (isChanged ? `[${text}]` : text)).join('')
);
const sides = (unified: string) => rowsOf(unified).map((row) => [written(row.old?.parts), written(row.new?.parts)]);

it('puts lines that stand for each other beside each other, with the words that differ', () => {
  expect(sides('@@ -1,3 +1,3 @@\n <html>\n-<p>Two grams of salt.</p>\n+<p>Ten grams of salt.</p>\n </html>\n')).toEqual([
    ['<html>', '<html>'],
    ['<p>[Two] grams of salt.</p>', '<p>[Ten] grams of salt.</p>'],
    ['</html>', '</html>'],
  ]);
});

it('marks a phrase as a whole, and not each of its words', () => {
  expect(sides('@@ -1 +1 @@\n-<p>A warm dough rises fast in a bowl.</p>\n+<p>A warm dough doubles within an hour in a bowl.</p>\n')).toEqual([
    ['<p>A warm dough [rises fast] in a bowl.</p>', '<p>A warm dough [doubles within an hour ]in a bowl.</p>'],
  ]);
});

it('counts the lines of each side for itself', () => {
  const rows = rowsOf('@@ -10,3 +20,4 @@\n one\n-two\n+2\n+2b\n three\n');
  expect(rows.map((row) => [row.old?.number, row.new?.number])).toEqual([
    [10, 20], [11, 21], [undefined, 22], [12, 23],
  ]);
});

it('has what was removed above what was added where the one is below the other', () => {
  const lines = unifiedLines(rowsOf('@@ -1,4 +1,4 @@\n same\n-a\n-b\n+c\n+d\n end\n'));
  expect(lines.map(({ kind, parts }) => [kind, written(parts)])).toEqual([
    ['same', 'same'], ['removed', 'a'], ['removed', 'b'], ['added', 'c'], ['added', 'd'], ['same', 'end'],
  ]);
  expect(lines.map(({ oldNumber, newNumber }) => [oldNumber, newNumber])).toEqual([
    [1, 1], [2, undefined], [3, undefined], [undefined, 2], [undefined, 3], [4, 4],
  ]);
});

it('takes lines for another place that come after what was added', () => {
  expect(sides('@@ -1,2 +1,1 @@\n-a\n+b\n-c\n')).toEqual([['a', 'b'], ['c', undefined]]);
});

it('marks no words in lines that have nothing to do with each other', () => {
  expect(sides('@@ -1 +1 @@\n-<p>Two grams of salt.</p>\n+completely different and much longer\n')).toEqual([
    ['<p>Two grams of salt.</p>', 'completely different and much longer'],
  ]);
});

it('marks spaces, if they are all that differs', () => {
  expect(sides('@@ -1 +1 @@\n-<p>  Salt</p>\n+<p>\tSalt</p>\n')).toEqual([['<p>[  ]Salt</p>', '<p>[\t]Salt</p>']]);
});

it('compares no words in very long lines', () => {
  const long = 'salt '.repeat(1_000);
  expect(sides(`@@ -1 +1 @@\n-${long}a\n+${long}b\n`)).toEqual([[`${long}a`, `${long}b`]]);
});

it('compares no words after so many lines', () => {
  const lines = Array.from({ length: 501 }, (_, index) => index);
  const changed = lines.map((line) => `-salt in line ${line}\n+sugar in line ${line}\n same\n`).join('');
  const rows = sides(`@@ -1,1002 +1,1002 @@\n${changed}`).filter(([old]) => old !== 'same');
  expect(rows[499]).toEqual(['[salt] in line 499', '[sugar] in line 499']);
  expect(rows[500]).toEqual(['salt in line 500', 'sugar in line 500']);
});

it('says of the last line that no line break ends it', () => {
  const [row] = rowsOf('@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n');
  expect([row!.old!.isUnended, row!.new!.isUnended]).toEqual([true, undefined]);
});

it('takes for text what looks like the head of a file', () => {
  expect(sides('@@ -1,2 +1,2 @@\n--- a\n+++ b\n same\n')).toEqual([['-- a', '++ b'], ['same', 'same']]);
});

it.each(['@@ -1,3 +1,3 @@\n one\n', '@@ what is this @@\n one\n'])('knows what it does not understand: %j', (unified) => {
  expect(hunksOf(HEAD + unified)).toBeNull();
});
