// Rebuilds and restarts on every change: tsx watches the API, Rollup the widget.
import { spawn } from 'node:child_process';
import { ensureBuilt, root } from './prepare.mjs';

ensureBuilt();
const children = [
  ['node_modules/tsx/dist/cli.mjs', 'watch', 'api/server.ts'],
  ['node_modules/rollup/dist/bin/rollup', '-c', 'rollup.config.mjs', '-w'],
].map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }));
const stopAll = () => {
  for (const child of children) child.kill();
};
for (const child of children) child.on('exit', stopAll);
