import { ensureBuilt } from './prepare.mjs';
import { runAll, vitest, webTestRunner } from './runners.mjs';

ensureBuilt();
// One database engine inside: what an outer shell points at is left alone.
const embedded = { DATABASE_URL: '', REDIS_URL: '' };
// Much of the time is spent waiting for deadlines: the browsers run meanwhile.
const lanes = [[vitest()], [webTestRunner(), vitest('--config', 'vitest.e2e.config.ts')]];
process.exitCode = (await runAll(lanes, embedded)) ? 0 : 1;
