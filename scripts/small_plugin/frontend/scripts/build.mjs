/** Compile `src` to `dist`. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

fs.rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync('npx', ['tsc', '--project', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status !== 0) { process.exit(1); }
// The compiler leaves out what is no code.
fs.cpSync('src', 'dist', {
  recursive: true,
  filter: (source) => fs.statSync(source).isDirectory() || source.endsWith('.css'),
});
