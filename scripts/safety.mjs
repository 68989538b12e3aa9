// Runs the tests that hold the promises of docs/security.md and prints what they tried. SEEDS sets how many random visits.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureGenerated, ensureInstalled, root } from './prepare.mjs';

const DEFAULT_SEEDS = 10;

/** What is counted: the tests of some files, one try each unless they say otherwise. */
const SUBJECTS = [
  {
    name: 'addresses judged',
    files: ['api/egress/corpus.test.ts', 'api/egress/addresses.test.ts', 'api/egress/url.test.ts'],
    wrong: 'misjudged',
  },
  { name: 'addresses dialled', files: ['api/egress/door.test.ts', 'api/egress/dns.test.ts'], wrong: 'wrong' },
  { name: 'names of private networks', files: ['api/egress/split-horizon.test.ts'], wrong: 'told otherwise' },
  { name: 'ambient settings', files: ['testing/safety/environment.test.ts'], wrong: 'let out' },
  { name: 'faults of an endpoint', files: ['api/model/faults.test.ts'], wrong: 'wrong' },
  {
    name: 'texts searched for a key',
    files: ['testing/safety/canary.test.ts', 'api/visit.test.ts', 'api/server.test.ts'],
    wrong: 'with the key',
  },
  {
    name: 'sealed keys',
    files: ['api/sessions/vault.test.ts', 'testing/safety/custody.test.ts'],
    wrong: 'opened wrongly',
  },
  {
    name: 'routes and messages to strangers',
    files: ['testing/safety/separation.test.ts'],
    wrong: 'told of another session',
  },
  { name: 'ends of a session', files: ['testing/safety/deletion.test.ts'], wrong: 'with something left' },
  {
    name: 'crashes and restarts',
    files: ['testing/safety/chaos.test.ts', 'api/runs/crash.test.ts', 'api/runs/instances.test.ts'],
    wrong: 'not survived',
  },
  {
    name: 'outages',
    files: ['api/runs/storage.test.ts', 'api/events/bus.test.ts', 'testing/safety/outages.test.ts'],
    wrong: 'wrong',
  },
  { name: 'full disks', files: ['testing/safety/full-disk.test.ts'], wrong: 'not survived' },
  { name: 'heavy answers and requests', files: ['testing/safety/stalls.test.ts'], wrong: 'over 250 ms' },
];

function runTests(files) {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-safety-'));
  const report = join(folder, 'report.json');
  const vitest = [join('node_modules', 'vitest', 'vitest.mjs'), 'run', ...files];
  const { status } = spawnSync(
    process.execPath,
    [...vitest, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      env: { SEEDS: String(DEFAULT_SEEDS), ...process.env, DATABASE_URL: '', REDIS_URL: '' },
    },
  );
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  return { passed: status === 0, testResults };
}

function figuresOf({ files, name, wrong }, testResults) {
  const ofSubject = testResults.filter((file) => files.some((path) => file.name.replaceAll('\\', '/').endsWith(path)));
  const tests = ofSubject.flatMap((file) => file.assertionResults).filter(({ status }) => status !== 'pending');
  const brokenFiles = ofSubject.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    name,
    wrong,
    tried: tests.reduce((sum, { meta }) => sum + (meta.figures?.tried ?? 1), 0),
    failed: tests.filter(({ status }) => status === 'failed').length + brokenFiles.length,
  };
}

ensureInstalled();
ensureGenerated();
const { passed, testResults } = runTests(SUBJECTS.flatMap(({ files }) => files));
const stalls = testResults
  .flatMap((file) => file.assertionResults)
  .flatMap(({ title, meta }) => ({ title, ms: meta.figures?.longestStallMs ?? 0 }))
  .sort((a, b) => b.ms - a.ms);

console.log();
for (const subject of SUBJECTS) {
  const { name, wrong, tried, failed } = figuresOf(subject, testResults);
  console.log(`${name.padEnd(28)}${tried.toLocaleString('en').padStart(8)}${String(failed).padStart(8)} ${wrong}`);
}
const [worst] = stalls;
console.log(`${'longest event-loop stall'.padEnd(28)}${String(Math.round(worst.ms)).padStart(8)} ms ${worst.title}`);
process.exitCode = passed ? 0 : 1;
