// Brotli sizes of all scripts, by who loads them when. `npm run check` fails where one has outgrown its limit, and where a
// script has no limit.
const { readdirSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const FOLDER = 'dist/widget';
const scripts = readdirSync(FOLDER, { recursive: true })
  .filter((path) => path.endsWith('.js'))
  .map((path) => join(FOLDER, path));

/** The chunk that is called so, apart from the hash in its file's name. */
function chunk(name) {
  const isIt = new RegExp(`/chunks/${name}-.{8}\\.js$`);
  const file = scripts.find((path) => isIt.test(path) && !firstLoad.includes(path));
  if (!file) throw new Error(`There is no script ${name} any more: its limit guards nothing`);
  return file;
}

function withStaticImports(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g)) {
    withStaticImports(join(dirname(file), path), seen);
  }
  return seen;
}

const firstLoad = [...withStaticImports(`${FOLDER}/ftl-atlas-demo.js`)];
/** Two scripts follow when the visitor starts: all steps, from the domain to the goodbye, and their words. */
const visitIn = (language) => [...firstLoad, chunk('visit'), chunk(language)];

const LIMITS = [
  { name: 'first load', path: firstLoad, limit: '10.2 kB' },
  { name: 'all steps: domain, connect, run, Atlas, export, goodbye', path: chunk('visit'), limit: '25.8 kB' },
  { name: 'English', path: chunk('en'), limit: '4.3 kB' },
  { name: 'whole visit in English', path: visitIn('en'), limit: '40 kB' },
  {
    name: 'whole visit in English, with a plot of few values',
    path: [...visitIn('en'), chunk('rare-plots')],
    limit: '40.6 kB',
  },
  { name: 'whole visit in German', path: visitIn('de'), limit: '41.9 kB' },
  { name: 'whole visit in Arabic', path: visitIn('ar'), limit: '41.8 kB' },

  { name: 'domain: the visitor’s own prompts', path: chunk('own-prompts-field'), limit: '2.32 kB' },
  { name: 'connect: advanced settings', path: chunk('advanced-settings'), limit: '675 B' },
  { name: 'connect: a pasted curl command', path: chunk('curl'), limit: '625 B' },
  { name: 'run: without a WebSocket', path: chunk('without-socket'), limit: '490 B' },
  { name: 'Atlas: plots of few values', path: chunk('rare-plots'), limit: '850 B' },
  { name: 'sample results', path: chunk('sample-results'), limit: '295 B' },

  { name: 'isolated: the element', path: chunk('isolated-frame'), limit: '2 kB' },
  { name: 'isolated: what both sides know', path: chunk('messages'), limit: '600 B' },
  { name: 'isolated: the frame’s page', path: `${FOLDER}/ftl-atlas-frame.js`, limit: '2.1 kB' },

  { name: 'German', path: chunk('de'), limit: '6.3 kB' },
  { name: 'Arabic', path: chunk('ar'), limit: '6.2 kB' },
  { name: 'everything in one file', path: `${FOLDER}/ftl-atlas-demo.iife.js`, limit: '55 kB' },
];

const guarded = new Set(LIMITS.flatMap(({ path }) => path));
const unguarded = scripts.filter((path) => !guarded.has(path));
if (unguarded.length > 0) throw new Error(`No limit guards ${unguarded.join(', ')}`);

module.exports = LIMITS.map((entry) => ({ ...entry, brotli: true }));
