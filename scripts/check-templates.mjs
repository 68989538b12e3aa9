// A strict page forbids inline styles and HTML from strings; Lit would pass both through. So they may not be written.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const FORBIDDEN = [
  ['an inline style attribute', /\sstyle=["'$]/],
  ['a <style> element in a template', /<style[\s>]/],
  ['styleMap, whose first render is an inline style', /styleMap/],
  ['HTML from a string', /innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|document\.write/],
  ['code from a string', /\beval\(|new Function\(/],
  ['a storage of other pages', /localStorage|document\.cookie/],
];
const PLANTED = [
  '<p style="x">',
  '<style>',
  "import { styleMap } from 'lit'",
  'x.innerHTML = y',
  'eval(x)',
  'localStorage.x',
];

const findings = (text) => FORBIDDEN.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);
for (const [index, bait] of PLANTED.entries()) {
  if (!findings(bait).includes(FORBIDDEN[index][0]))
    throw new Error(`the rule against ${FORBIDDEN[index][0]} is asleep`);
}

const files = readdirSync(join(root, 'widget'), { recursive: true }).filter(
  (f) => /\.ts$/.test(f) && !/\.test\.ts$/.test(f),
);
if (files.length === 0) throw new Error('no widget file was read');
let found = 0;
for (const file of files) {
  for (const [index, line] of readFileSync(join(root, 'widget', file), 'utf8')
    .split('\n')
    .entries()) {
    for (const what of findings(line)) {
      console.error(`widget/${file}:${index + 1}: ${what}`);
      found += 1;
    }
  }
}
console.log(`${files.length} files, ${found} findings`);
if (found > 0) process.exitCode = 1;
