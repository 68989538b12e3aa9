import { ensureBuilt } from './prepare.mjs';
import { runAll, vitest } from './runners.mjs';

const missing = ['DATABASE_URL', 'REDIS_URL'].filter((name) => !process.env[name]);
if (missing.length > 0) {
  console.error(`Set ${missing.join(' and ')} to a PostgreSQL and a Redis that the tests may fill and empty.`);
  process.exit(1);
}
ensureBuilt();
process.exitCode = (await runAll([[vitest()]])) ? 0 : 1;
