import { ensureBuilt, run } from './prepare.mjs';

ensureBuilt();
run(process.execPath, ['--import', 'tsx', 'bench/run.ts'], { stdio: 'inherit' });
