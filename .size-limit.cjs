// Brotli sizes of what a page loads. The first load is the entry with all that it imports statically.
const { readdirSync, readFileSync } = require('node:fs');

const entry = 'dist/widget/ftl-atlas-demo.js';

function withStaticImports(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(file, 'utf8');
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  for (const [, path] of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)) {
    withStaticImports(folder + path, seen);
  }
  return seen;
}

const firstLoad = [...withStaticImports(entry)];
/** Two scripts follow when the visitor starts; what else is asked for is no part of every visit (see the e2e test). */
const onStart = readdirSync('dist/widget/chunks').filter((file) => /^(visit|en)-.{8}\.js$/.test(file));

module.exports = [
  { name: 'first load', path: firstLoad, limit: '12 kB', brotli: true },
  {
    name: 'whole visit, English',
    path: [...firstLoad, ...onStart.map((file) => `dist/widget/chunks/${file}`)],
    limit: '40 kB',
    brotli: true,
  },
];
