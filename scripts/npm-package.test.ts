import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathFromRoot } from '../api/root.js';

const NAME = '@finetunelab/atlas-demo';
const folder = mkdtempSync(join(tmpdir(), 'atlas-npm-'));
const npm = (...args: string[]) =>
  execFileSync('npm', [...args, '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });

/** An application of somebody else's, with the packed package installed; without a network. */
beforeAll(() => {
  const [{ filename }] = JSON.parse(npm('pack', pathFromRoot('dist/npm'), '--json'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "application", "private": true, "type": "module" }');
  npm('install', `./${filename}`, '--offline', '--no-audit', '--no-fund', '--omit=peer');
  symlinkSync(pathFromRoot('node_modules/@types'), join(folder, 'node_modules/@types'), 'dir');
  for (const name of ['csstype', 'vue', '@vue'])
    symlinkSync(pathFromRoot(`node_modules/${name}`), join(folder, 'node_modules', name), 'dir');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SCRIPT = `import { FtlAtlasDemo, type FtlEvents } from '${NAME}';
  const demo = document.querySelector('ftl-atlas-demo')!;
  demo.theme = 'dark';
  demo.endSession().then((worked) => worked.valueOf());
  demo.addEventListener('ftl-run-finished', ({ detail }) => detail.total.toFixed());
  export const made: FtlAtlasDemo = demo;
  export type Answered = FtlEvents['ftl-answer']['detail']['kind'];`;
const COMPONENT = `import '${NAME}/react';
  export const demo = <ftl-atlas-demo isolated domain="code_generation" onftl-step={({ detail }) => detail.to.length} />;`;
const VUE = `import '${NAME}/vue';
  import type { GlobalComponents } from 'vue';
  type Demo = InstanceType<GlobalComponents['ftl-atlas-demo']>;
  export const properties: Demo['$props'] = { isolated: true, theme: 'dark', class: 'wide', key: 1 };
  export const emit = (demo: Demo) => demo.$emit('ftl-answer', new CustomEvent('ftl-answer', { detail: { id: '', kind: 'answer' } }));
  export const leave = (demo: Demo): Promise<boolean> => demo.endSession();`;
const WRONG = {
  'wrong.ts': SCRIPT.replace("'dark'", "'purple'"),
  'wrong-component.tsx': COMPONENT.replace('isolated', 'isolated="very"'),
  'vue-theme.ts': VUE.replace("'dark'", "'purple'"),
  'vue-event.ts': VUE.replace("$emit('ftl-answer'", "$emit('ftl-question'"),
};

/** What the compiler has against the files, and against the types that they import: each from the name of its file on. */
function complaints(): string[] {
  const files = { 'fits.ts': SCRIPT, 'component.tsx': COMPONENT, 'vue.ts': VUE, ...WRONG };
  for (const [file, code] of Object.entries(files)) writeFileSync(join(folder, file), code);
  const options =
    '--noEmit --strict --skipDefaultLibCheck --pretty false --module esnext --moduleResolution bundler --target es2022 --lib es2022,dom --types react --jsx react-jsx';
  const tsc = [pathFromRoot('node_modules/typescript/bin/tsc'), ...options.split(' '), ...Object.keys(files)];
  const { stdout } = spawnSync(process.execPath, tsc, { cwd: folder, encoding: 'utf8' });
  return stdout.split(/^(?=\S)/m);
}

describe('the npm package, installed from its tarball', () => {
  it.each([NAME, `${NAME}/react`, `${NAME}/vue`])('can be imported where there is no browser: %s', (name) => {
    const code = `const { FtlAtlasDemo } = await import('${name}'); console.log(typeof FtlAtlasDemo);`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: folder, encoding: 'utf8' });
    expect(said.trim()).toBe('function');
  });

  it('needs no other package', () => {
    expect(JSON.parse(npm('ls', '--omit=peer', '--json')).dependencies[NAME].dependencies).toBeUndefined();
  });

  it('has types for the element, its properties and events, for React’s JSX and for Vue’s templates', () => {
    const found = complaints();
    const about = (file: string) => found.filter((complaint) => complaint.startsWith(`${file}(`));
    expect(about('wrong.ts')).toEqual([expect.stringContaining(`'"purple"' is not assignable`)]);
    expect(about('wrong-component.tsx')).toEqual([expect.stringContaining('is not assignable')]);
    expect(about('vue-theme.ts')).not.toEqual([]);
    expect(about('vue-event.ts')).not.toEqual([]);
    expect(found.filter((complaint) => !Object.keys(WRONG).some((file) => about(file).includes(complaint)))).toEqual(
      [],
    );
  }, 120_000);

  it('has no compressed copies, which are for a server', () => {
    const files = readdirSync(join(folder, 'node_modules', NAME), { recursive: true, encoding: 'utf8' });
    expect(files).toContain('ftl-atlas-demo.js');
    expect(files.filter((file) => /\.(br|gz)$/.test(file))).toEqual([]);
  });

  it('has what editors and other tools read', () => {
    const code = ['custom-elements.json', 'vscode.html-data.json', 'vscode.css-data.json', 'package.json']
      .map((file) => `await import('${NAME}/${file}', { with: { type: 'json' } });`)
      .join('');
    execFileSync(process.execPath, ['--input-type=module', '--no-warnings', '-e', code], { cwd: folder });
  });
});
