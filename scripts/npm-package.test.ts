import { execFileSync } from 'node:child_process';
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

/** What the compiler has against files, and against the types that they import; empty where nothing. */
function complaints(files: Record<string, string>): string {
  for (const [file, code] of Object.entries(files)) writeFileSync(join(folder, file), code);
  const options =
    '--noEmit --strict --skipDefaultLibCheck --pretty false --module esnext --moduleResolution bundler --target es2022 --lib es2022,dom --types react --jsx react-jsx';
  const tsc = [pathFromRoot('node_modules/typescript/bin/tsc'), ...options.split(' '), ...Object.keys(files)];
  try {
    return execFileSync(process.execPath, tsc, { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
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

  it('has types for the element, its properties and events, and for React’s JSX', () => {
    const script = `import { FtlAtlasDemo, type FtlEvents } from '${NAME}';
      const demo = document.querySelector('ftl-atlas-demo')!;
      demo.theme = 'dark';
      demo.endSession().then((worked) => worked.valueOf());
      demo.addEventListener('ftl-run-finished', ({ detail }) => detail.total.toFixed());
      export const made: FtlAtlasDemo = demo;
      export type Answered = FtlEvents['ftl-answer']['detail']['kind'];`;
    const component = `import '${NAME}/react';
      export const demo = <ftl-atlas-demo isolated domain="code_generation" onftl-step={({ detail }) => detail.to.length} />;`;
    const files = {
      'fits.ts': script,
      'component.tsx': component,
      'wrong.ts': script.replace("'dark'", "'purple'"),
      'wrong-component.tsx': component.replace('isolated', 'isolated="very"'),
    };
    const [purple, very, ...others] = complaints(files)
      .split(/^(?=\S)/m)
      .sort()
      .reverse();
    expect(purple).toMatch(/^wrong\.ts.*'"purple"' is not assignable/);
    expect(very).toMatch(/^wrong-component\.tsx.*is not assignable/);
    expect(others).toEqual([]);
  }, 120_000);

  it('has types for Vue’s templates: properties, events and what a ref has', () => {
    const script = `import '${NAME}/vue';
      import type { GlobalComponents } from 'vue';
      type Demo = InstanceType<GlobalComponents['ftl-atlas-demo']>;
      export const properties: Demo['$props'] = { isolated: true, theme: 'dark', class: 'wide', key: 1 };
      export const emit = (demo: Demo) => demo.$emit('ftl-answer', new CustomEvent('ftl-answer', { detail: { id: '', kind: 'answer' } }));
      export const leave = (demo: Demo): Promise<boolean> => demo.endSession();`;
    const files = {
      'vue.ts': script,
      'vue-theme.ts': script.replace("'dark'", "'purple'"),
      'vue-event.ts': script.replace("$emit('ftl-answer'", "$emit('ftl-question'"),
    };
    const about = complaints(files).match(/^\S+?(?=\()/gm);
    expect([...new Set(about)].sort()).toEqual(['vue-event.ts', 'vue-theme.ts']);
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
