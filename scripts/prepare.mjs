// Installs and builds what is missing, with nothing but Node and npm: it must run before there is a node_modules.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** npm writes this at the end of every install: what is in node_modules, package by package. */
const INSTALLED = join(root, 'node_modules', '.package-lock.json');
const BUILD_STAMP = join(root, 'dist', '.built-from');
const BUILD_INPUTS = [
  'api',
  'widget',
  'prisma',
  'scripts',
  'types',
  'examples/react.jsx',
  'examples/vue.js',
  'custom-elements.json',
  'package-lock.json',
  'rollup.config.mjs',
  'prisma.config.ts',
];
const NOT_INPUTS = /(^|\/)(generated|node_modules)(\/|$)|\.test\.ts$/;

const say = (line) => process.stderr.write(`${line}\n`);

/** Runs a command in the repository; its output goes to standard error, so that a caller's own output stays clean. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with status ${status}`);
}

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  if (!fits) throw new Error(`Node ${version} is too old here: use 20.19 or later, 22.12 or later, or 24.`);
}

function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full) || NOT_INPUTS.test(path)) return [];
  if (!path.includes('.') || existsSync(join(full, '.'))) {
    try {
      return readdirSync(full)
        .sort()
        .flatMap((name) => filesBelow(`${path}/${name}`));
    } catch (error) {
      if (error.code !== 'ENOTDIR') throw error;
    }
  }
  return [path];
}

function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesBelow))
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

const stampIs = (file, want) => existsSync(file) && readFileSync(file, 'utf8') === want;

/** Whether node_modules has what the lock asks for on this system, however it was installed. */
function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

export function ensureInstalled() {
  checkNode();
  if (isInstalled()) return;
  say('Installing the locked dependencies (about a minute the first time) …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { shell: process.platform === 'win32' });
}

/** The database client is generated code: made from prisma/schema.prisma, never committed. */
export function ensureGenerated() {
  const stamp = join(root, 'api', 'database', 'generated', '.generated-from');
  const want = fingerprint(['prisma/schema.prisma', 'package-lock.json']);
  if (stampIs(stamp, want)) return;
  say('Generating the database client …');
  run(process.execPath, ['node_modules/prisma/build/index.js', 'generate', '--no-hints']);
  writeFileSync(stamp, want);
}

export function ensureBuilt() {
  ensureInstalled();
  ensureGenerated();
  if (stampIs(BUILD_STAMP, fingerprint(BUILD_INPUTS))) return;
  say('Building the API and the widget …');
  run(process.execPath, ['scripts/build.mjs']);
}

export function stampBuild() {
  writeFileSync(BUILD_STAMP, fingerprint(BUILD_INPUTS));
}

/** What is in dist/ is no longer what a build left there: the next start builds it anew. */
export function unstampBuild() {
  rmSync(BUILD_STAMP, { force: true });
}
