import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{api,scripts,testing,suites,bench}/**/*.test.ts'],
    exclude: ['**/*.e2e.test.ts', '**/node_modules/**'],
    // Threads that are used again for the next file: the embedded database starts once in each, not once a file.
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
