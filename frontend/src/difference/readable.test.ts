import cases from '../../../tests/readable_cases.json';
import { readable } from './readable';

const ALL = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code));
const codeOf = (character: string) => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

it.each(cases.map(({ why, text, shown }) => [why, text, shown]))('shows what is unseen where nothing needs it: %s', (_, text, shown) => {
  expect(readable(text!)).toBe(shown);
});

it('shows everything of which Unicode says that it may be left out', () => {
  const left = ALL.filter((character) => /\p{Default_Ignorable_Code_Point}/u.test(character) && readable(character) === character);
  expect(left.map(codeOf)).toEqual([]);
});
