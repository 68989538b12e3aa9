import { ensureBuilt } from './prepare.mjs';
import { runAll, vitest, webTestRunner } from './runners.mjs';

ensureBuilt();
// One database engine inside: what an outer shell points at is left alone.
const embedded = { DATABASE_URL: '', REDIS_URL: '' };
process.exitCode = runAll([vitest(), webTestRunner(), vitest('--config', 'vitest.e2e.config.ts')], embedded) ? 0 : 1;
