// Brotli sizes of what a page loads. The first load is the entry with all that it imports statically.
const { readFileSync } = require('node:fs');

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

module.exports = [
  { name: 'first load', path: [...withStaticImports(entry)], limit: '12 kB', brotli: true },
  {
    name: 'whole visit, English',
    path: [...withStaticImports(entry), 'dist/widget/chunks/{visit,en}-*.js'],
    limit: '46 kB',
    brotli: true,
  },
];
