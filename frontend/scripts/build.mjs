/** Compile `src` to `dist`, and say what it weighs: what every page of Studio loads, and what is loaded on demand. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const LIMIT_OF_EVERY_PAGE = 12_000; // bytes, gzipped

fs.rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync('npx', ['tsc', '--project', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status !== 0) { process.exit(1); }
// The compiler leaves out what is no code.
fs.cpSync('src', 'dist', {
  recursive: true,
  filter: (source) => fs.statSync(source).isDirectory() || source.endsWith('.css'),
});

const { metafile, outputFiles } = await build({
  entryPoints: ['dist/index.js'],
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  write: false,
  metafile: true,
  outdir: 'out',
  packages: 'external',
  external: ['CourseAuthoring/*'],
});
const weight = (names) => outputFiles
  .filter((file) => names.includes(path.relative('.', file.path)))
  .reduce((sum, file) => sum + gzipSync(file.contents).length, 0);
const everyPage = ['out/index.js'];
for (const name of everyPage) {
  everyPage.push(...metafile.outputs[name].imports
    .filter((imported) => imported.kind === 'import-statement' && !imported.external)
    .map((imported) => imported.path)
    .filter((imported) => !everyPage.includes(imported)));
}
const onDemand = Object.keys(metafile.outputs).filter((name) => !everyPage.includes(name));
const size = weight(everyPage);
console.log(`On every page: ${size} bytes gzipped (limit ${LIMIT_OF_EVERY_PAGE}). On demand: ${weight(onDemand)} bytes.`);
if (size > LIMIT_OF_EVERY_PAGE) {
  console.error('Too much is loaded on every page of Studio: move what is not needed there behind an import().');
  process.exit(1);
}
