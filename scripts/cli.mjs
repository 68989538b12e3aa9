// Runs one of the API's command-line tools from its source; standard output is the tool's alone.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, root } from './prepare.mjs';

ensureInstalled();
const { status } = spawnSync(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
