/** Compile `src` to `dist`, and say what it weighs: what every page loads, and what is loaded on demand. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

// Bytes, gzipped.
const LIMIT_OF_EVERY_PAGE = 8_000;
const LIMIT_OF_WORKSPACE = 45_000;
const LIMIT_OF_SOURCE = 9_000;
const LIMIT_OF_SETTINGS = 7_000;
const LIMIT_OF_HISTORY = 2_500;
const LIMIT_OF_CONVERSATIONS = 8_500;
const LIMIT_OF_ASKING = 5_000;
const LIMIT_OF_MY_REVIEWS = 10_000;
const LIMIT_OF_FIGURES = 2_500;
const LIMIT_OF_LEARNER_DASHBOARD = 6_000;

const { peerDependencies } = JSON.parse(fs.readFileSync('package.json'));

fs.rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync('npx', ['tsc', '--project', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status !== 0) { process.exit(1); }
// The compiler leaves out what is no code.
fs.cpSync('src', 'dist', {
  recursive: true,
  filter: (source) => fs.statSync(source).isDirectory() || source.endsWith('.css'),
});

// What is said to translators is read from `src`, and weighs as much as the texts themselves.
fs.readdirSync('dist', { recursive: true }).filter((name) => path.basename(name) === 'messages.js').forEach((name) => {
  const file = path.join('dist', name);
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/^ +description: .*,$\n/gm, ''));
});

/** Each entry by itself, as each front end has one of them. */
const bundle = (entryPoint) => build({
  entryPoints: [entryPoint],
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  write: false,
  metafile: true,
  outdir: 'out',
  // Studio has the peers; what we depend on beside them weighs.
  external: ['CourseAuthoring/*', ...Object.keys(peerDependencies).flatMap((name) => [name, `${name}/*`])],
});
const { metafile, outputFiles } = await bundle('dist/index.js');
const dashboard = await bundle('dist/learner-dashboard/index.js');
/** These files, and what they load at once. */
const withImports = (names, { outputs } = metafile) => {
  const all = [...names];
  for (const name of all) {
    all.push(...outputs[name].imports
      .filter((imported) => imported.kind === 'import-statement' && !imported.external)
      .map((imported) => imported.path)
      .filter((imported) => !all.includes(imported)));
  }
  return all;
};
const everyPage = withImports(['out/index.js']);
const onDemand = (name) => withImports(Object.keys(metafile.outputs).filter((file) => file.startsWith(`out/${name}-`)));
const without = (names, others) => names.filter((name) => !others.includes(name));
const workspace = without(onDemand('workspace'), everyPage);
const source = without(onDemand('difference'), [...everyPage, ...workspace]);
const settings = without(onDemand('policy'), [...everyPage, ...workspace]);
const history = without(onDemand('history'), [...everyPage, ...workspace]);
const conversations = without(onDemand('conversations'), [...everyPage, ...workspace]);
const asking = without(onDemand('asking'), [...everyPage, ...workspace]);
const mine = without(onDemand('my-reviews'), everyPage);
const figures = without(onDemand('figures'), [...everyPage, ...mine]);
const everyDashboard = withImports(['out/index.js'], dashboard.metafile);
const weight = (names, files) => files
  .filter((file) => names.includes(path.relative('.', file.path)))
  .reduce((sum, file) => sum + gzipSync(file.contents).length, 0);

let isTooMuch = false;
for (const [where, names, limit, files = outputFiles] of [
  ['On every page of Studio', everyPage, LIMIT_OF_EVERY_PAGE],
  ['When the workspace is opened', workspace, LIMIT_OF_WORKSPACE],
  ['When the source of a change is shown', source, LIMIT_OF_SOURCE],
  ['When the review settings are opened', settings, LIMIT_OF_SETTINGS],
  ['When the history of an item is opened', history, LIMIT_OF_HISTORY],
  ['When the conversations about a change are shown', conversations, LIMIT_OF_CONVERSATIONS],
  ['When an author can ask for a review', asking, LIMIT_OF_ASKING],
  ['When My reviews are opened', mine, LIMIT_OF_MY_REVIEWS],
  ['When the figures are opened', figures, LIMIT_OF_FIGURES],
  ['On the learner’s dashboard', everyDashboard, LIMIT_OF_LEARNER_DASHBOARD, dashboard.outputFiles],
]) {
  const size = weight(names, files);
  console.log(`${where}: ${size} bytes gzipped (limit ${limit}).`);
  if (size > limit) {
    console.error('That is too much: move what is not needed there behind an import().');
    isTooMuch = true;
  }
}
if (isTooMuch) { process.exit(1); }
