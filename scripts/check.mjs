// All that CI checks besides tests. Every check runs even where an earlier one failed.
import { spawnSync } from 'node:child_process';
import { ensureBuilt, root } from './prepare.mjs';

ensureBuilt();
const CHECKS = [
  ['format and lint', 'node_modules/@biomejs/biome/bin/biome', 'ci', '--reporter=summary', '.'],
  ['types', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
  ['types of the pure core', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.pure.json'],
  ['types of the widget', 'node_modules/typescript/bin/tsc', '-p', 'widget/tsconfig.json'],
  ['architecture', 'scripts/check-architecture.mjs'],
  ['templates', 'scripts/check-templates.mjs'],
  ['description of the element', 'scripts/manifest.mjs', '--check'],
  ['dead code', 'node_modules/knip/bin/knip.js', '--no-progress'],
  ['npm package', 'scripts/check-package.mjs'],
  ['size', 'node_modules/size-limit/bin.js'],
];

let passed = 0;
for (const [name, ...args] of CHECKS) {
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) passed += 1;
  else console.log(`${name}: failed`);
}
console.log(`\n${passed} passed, ${CHECKS.length - passed} failed`);
process.exitCode = passed === CHECKS.length ? 0 : 1;
