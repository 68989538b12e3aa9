import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['testing/e2e/**/*.e2e.test.ts'],
    globalSetup: 'testing/e2e/shared.ts',
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    // Visits that wait for the sample model wait together.
    maxConcurrency: 7,
  },
});
