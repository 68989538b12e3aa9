import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Figure } from './figure.js';

const weigh = (text: string | Uint8Array) => brotliCompressSync(text).byteLength / 1000;

/** Lit alone, as an empty element would load it. */
async function litAlone(): Promise<number> {
  const result = await build({
    stdin: { contents: "export { LitElement, html, css } from 'lit';", resolveDir: '.' },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return weigh(result.outputFiles[0]?.contents ?? '');
}

function staticGraph(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const code = readFileSync(file, 'utf8');
  for (const [, path] of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g))
    staticGraph(`${folder}${path}`, seen);
  return seen;
}

export async function widgetBenchmark(): Promise<Figure[]> {
  const entry = 'dist/widget/ftl-atlas-demo.js';
  const chunks = readdirSync('dist/widget/chunks').filter((file) => file.endsWith('.js'));
  const files = [entry, ...chunks.map((file) => `dist/widget/chunks/${file}`)];
  const total = (paths: Iterable<string>) => [...paths].reduce((sum, path) => sum + weigh(readFileSync(path)), 0);
  const baseline = { name: 'kB, Lit alone', value: await litAlone() };
  return [
    { name: 'Widget: first load, brotli', value: total(staticGraph(entry)), unit: 'kB', baseline },
    { name: 'Widget: every chunk, brotli', value: total(files), unit: 'kB', baseline },
  ];
}
