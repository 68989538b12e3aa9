// Cruises the imports, then proves that each rule bites: a copy of the tree gets one planted violation per rule.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { root } from './prepare.mjs';

const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const TREES = ['api', 'widget', 'testing'];

/** What each rule must catch: the file to plant and what it imports. Two files make a cycle. */
const PLANTED = {
  'no-cycles': {
    'api/http/planted-a.ts': "import './planted-b.js';",
    'api/http/planted-b.ts': "import './planted-a.js';",
  },
  'no-orphans': { 'api/http/planted.ts': 'export const alone = 1;' },
  'nothing-imports-tests': { 'api/http/planted.ts': "import './x.test.js';", 'api/http/x.test.ts': 'export {};' },
  'contract-is-a-leaf': { 'api/contract/planted.ts': "import '../results/statistics.js';" },
  'widget-sees-only-the-contract': { 'widget/planted.ts': "import type {} from '../api/results/statistics.js';" },
  'widget-takes-types-only': {
    'widget/planted.ts': "import { Row } from '../api/contract/row.js';\nexport const x = Row;",
  },
  'api-never-sees-the-widget': { 'api/http/planted.ts': "import '../../widget/define.js';" },
  'core-is-pure': { 'api/results/planted.ts': "import 'node:fs';" },
  'core-never-reaches-an-edge': { 'api/atlas/planted.ts': "import './routes.js';" },
  'features-do-not-meet': { 'api/exports/planted.ts': "import '../runs/batch.js';" },
  'atlas-flows-one-way': {
    'api/atlas/render/planted.ts': "import '../language/planted.js';",
    'api/atlas/language/planted.ts': 'export const x = 1;',
  },
  'one-door-for-openai': { 'api/http/planted.ts': "import OpenAI from 'openai';\nexport const x = OpenAI;" },
  'one-door-for-undici': { 'api/http/planted.ts': "import { Agent } from 'undici';\nexport const x = Agent;" },
  'one-door-for-prisma': {
    'api/http/planted.ts': "import { PrismaPg } from '@prisma/adapter-pg';\nexport const x = PrismaPg;",
  },
  'one-door-for-pdfkit': { 'api/http/planted.ts': "import P from 'pdfkit';\nexport const x = P;" },
  'one-door-for-exceljs': { 'api/http/planted.ts': "import E from 'exceljs';\nexport const x = E;" },
  'one-door-for-fastify': { 'api/exports/planted.ts': "import f from 'fastify';\nexport const x = f;" },
  'one-door-for-lit': { 'api/http/planted.ts': "import { html } from 'lit';\nexport const x = html;" },
};

async function violations(folder) {
  const options = { ...rules.options, ruleSet: { forbidden: rules.forbidden }, validate: true, baseDir: folder };
  const tsConfig = extractTSConfig(join(root, 'tsconfig.json'));
  const { output } = await cruise(['api', 'widget'], options, undefined, { tsConfig });
  return { modules: output.summary.totalCruised, found: output.summary.violations };
}

function plantedCopy(files) {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-architecture-'));
  const sources = (path) => !/node_modules|generated/.test(path);
  for (const tree of TREES) cpSync(join(root, tree), join(folder, tree), { recursive: true, filter: sources });
  for (const file of ['tsconfig.json', 'package.json']) cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

const { modules, found } = await violations(root);
if (modules === 0) throw new Error('The cruise visited no module: the check would pass on anything.');
for (const { rule, from, to } of found) console.error(`${rule.name}: ${from} → ${to}`);

// Planted one by one, so that no rule is seen to bite because of another's bait.
const asleep = [];
for (const { name } of rules.forbidden) {
  const folder = plantedCopy(PLANTED[name] ?? {});
  const caught = (await violations(folder)).found.some(({ rule }) => rule.name === name);
  rmSync(folder, { recursive: true, force: true });
  if (!caught) asleep.push(name);
}
for (const name of asleep) console.error(`${name}: its planted violation was not caught`);
console.log(
  `${modules} modules, ${found.length} violations, ${rules.forbidden.length - asleep.length} of ${rules.forbidden.length} rules proved`,
);
if (found.length > 0 || asleep.length > 0) process.exitCode = 1;
