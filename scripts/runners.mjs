// Runs test runners and adds up what they counted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './prepare.mjs';
import { SHORT_LIVED } from './short-lived.mjs';

const node = (script, ...args) => [process.execPath, [...SHORT_LIVED, join('node_modules', script), ...args]];

/** Each runner writes `{passed, failed, skipped}` or Vitest's JSON report to the file that it is given. */
export const vitest = (...args) => ({
  name: `vitest ${args.join(' ')}`.trim(),
  command: (report) =>
    node('vitest/vitest.mjs', 'run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`),
});
export const webTestRunner = () => ({
  name: 'web-test-runner',
  command: () => node('@web/test-runner/dist/bin.js'),
});

function counts(report) {
  if (!existsSync(report)) return null;
  const data = JSON.parse(readFileSync(report, 'utf8'));
  if ('passed' in data) return data;
  const brokenFiles = data.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: data.numPassedTests,
    failed: data.numFailedTests + brokenFiles.length,
    skipped: data.numPendingTests + data.numTodoTests,
  };
}

/** Runs one runner. Beside others it is printed when it has ended, since two at once would interleave. */
async function run(runner, folder, env, alone) {
  const report = join(folder, `${runner.name.replace(/\W+/g, '-')}.json`);
  const [command, args] = runner.command(report);
  const started = Date.now();
  console.log(`${runner.name} …`);
  const child = spawn(command, args, {
    cwd: root,
    stdio: alone ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, TEST_REPORT: report },
  });
  const said = [];
  child.stdout?.on('data', (chunk) => said.push(chunk));
  child.stderr?.on('data', (chunk) => said.push(chunk));
  const [status] = await once(child, 'close');
  process.stdout.write(Buffer.concat(said));
  const seen = counts(report) ?? { passed: 0, failed: 0, skipped: 0 };
  if (seen.failed === 0 && (status !== 0 || seen.passed === 0)) {
    console.log(`${runner.name} ended with status ${status} after ${seen.passed} tests: counted as a failure.`);
    seen.failed = 1;
  }
  console.log(
    `${runner.name}: ${seen.passed} of ${seen.passed + seen.failed} in ${Math.round((Date.now() - started) / 1000)} s\n`,
  );
  return seen;
}

/**
 * Runs lanes of runners side by side, the runners of a lane one after the other, and prints one closing line over all.
 * A runner that broke or ran nothing counts as a failure. Returns success.
 */
export async function runAll(lanes, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-tests-'));
  const total = { passed: 0, failed: 0, skipped: 0 };
  const runLane = async (runners) => {
    for (const runner of runners) {
      const seen = await run(runner, folder, env, lanes.length === 1);
      for (const key of Object.keys(total)) total[key] += seen[key];
    }
  };
  await Promise.all(lanes.map(runLane));
  rmSync(folder, { recursive: true, force: true });
  if (total.skipped > 0) console.log(`${total.skipped} skipped`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0;
}
