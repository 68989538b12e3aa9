import { writeFileSync } from 'node:fs';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { browserLaunchOptions } from './testing/browser.mjs';

/** Writes `{passed, failed, skipped}` where scripts/runners.mjs asks for it. */
const countingReporter = {
  onTestRunFinished({ sessions }) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const count = (suite) => {
      for (const test of suite?.tests ?? []) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
      for (const inner of suite?.suites ?? []) count(inner);
    };
    for (const session of sessions) {
      count(session.testResults);
      // A file that could not be loaded has no results at all.
      if (!session.passed && !session.testResults) counts.failed += 1;
    }
    if (process.env.TEST_REPORT) writeFileSync(process.env.TEST_REPORT, JSON.stringify(counts));
  },
};

export default {
  files: 'widget/**/*.test.ts',
  // Lit's development build: its warnings are wanted here.
  nodeResolve: { exportConditions: ['development'] },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'widget/tsconfig.json' })],
  // One page at a time: a page behind another draws no frames and has no focus.
  browsers: [chromeLauncher({ launchOptions: await browserLaunchOptions(), concurrency: 1 })],
  browserStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
  // Busy machines are slow; a test that hangs is found all the same.
  testFramework: { config: { timeout: 20_000 } },
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  reporters: [defaultReporter({ reportTestProgress: false }), countingReporter],
};
