// Lets publint and are-the-types-wrong judge the npm package as it would be published.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root } from './prepare.mjs';

const FOLDER = join(root, 'dist/npm');

const { messages, pkg } = await publint({ pkgDir: FOLDER, strict: true, pack: 'npm' });
for (const message of messages) console.error(formatMessage(message, pkg));

const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
const packed = mkdtempSync(join(tmpdir(), 'atlas-package-'));
const npm = spawnSync('npm', ['pack', FOLDER, '--pack-destination', packed, '--json', '--loglevel=error'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
if (npm.status !== 0) throw new Error(`npm pack failed: ${npm.stderr}`);
const [{ filename }] = JSON.parse(npm.stdout);
// Modules only: no CommonJS is offered, so none is judged.
const profile = [
  '--profile',
  'esm-only',
  '--exclude-entrypoints',
  'custom-elements.json',
  'vscode.html-data.json',
  'vscode.css-data.json',
];
const { status } = spawnSync(process.execPath, [attw, join(packed, filename), '--no-emoji', ...profile], {
  stdio: 'inherit',
});
rmSync(packed, { recursive: true, force: true });
console.log(`${messages.length} remarks of publint`);
if (messages.length > 0 || status !== 0) process.exitCode = 1;
