import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

interface Message { id: string, defaultMessage: string, description: string }

const root = path.resolve(__dirname, '../..');

/** All messages, by what the script for translators finds. */
const extracted = (): Message[] => {
  execFileSync('npm', ['run', 'i18n_extract'], { cwd: root, stdio: 'pipe' });
  return JSON.parse(fs.readFileSync(path.join(root, 'temp/babel-plugin-formatjs/Default.messages.json'), 'utf8'));
};

/** All messages, by what the code has. */
const inCode = (): Message[] => (fs.readdirSync(path.join(root, 'src'), { recursive: true }) as string[])
  .filter((name) => name.endsWith('messages.ts'))
  .flatMap((name) => Object.values(jest.requireActual(path.join(root, 'src', name)).default as Record<string, Message>));

it('gives translators every text, with a word on where it is shown', () => {
  const messages = extracted();
  const ids = ({ id }: Message) => id;
  expect(messages.map(ids).sort()).toEqual(inCode().map(ids).sort());
  expect(messages.filter(({ id, description }) => !id.startsWith('sample-plugin-reviews.') || !description)).toEqual([]);
}, 60_000);
