import { defineConfig } from 'vitest/config';

/** What needs PostgreSQL and Redis runs where they are: `npm run test:services`. */
const withoutServices = process.env.DATABASE_URL && process.env.REDIS_URL ? [] : ['**/*.services.test.ts'];

export default defineConfig({
  test: {
    include: ['{api,scripts,testing,suites,bench}/**/*.test.ts'],
    exclude: ['**/*.e2e.test.ts', '**/node_modules/**', ...withoutServices],
    // Threads that are used again for the next file: the embedded database starts once in each, not once a file.
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    globalSetup: 'testing/bundle.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
