import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ask } from '../api/atlas/ask.js';
import type { Row } from '../api/contract/row.js';
import { type Figure, quantile } from './figure.js';

const CORPUS = 'testing/corpora/atlas';
const LOADS = 7;

/** Rows repeated and numbered anew up to 20, the most that a session can have. */
function twentyRows(): Row[] {
  const rows: Row[] = JSON.parse(readFileSync(`${CORPUS}/rows.json`, 'utf8'));
  return Array.from({ length: 20 }, (_, i) => ({ ...(rows[i % rows.length] as Row), number: i + 1 }));
}

/** Every turn of every set, whatever rows it was written for: some are about things that these rows don't have. */
function questions(): string[] {
  const sets = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.jsonl'));
  const lines = sets.flatMap((file) => readFileSync(join(CORPUS, file), 'utf8').trim().split('\n'));
  return lines.flatMap((line) => JSON.parse(line).turns.map((turn: { q: string }) => turn.q));
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Milliseconds that a fresh process takes to import a module. */
function importTime(module: string): number {
  const script = `const t = performance.now(); await import('${module}'); console.log(performance.now() - t);`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return Number(stdout.trim());
}

/** Atlas alone, bundled as the server is, against a library of the server: in turns, so that both meet the same noise. */
async function loading(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
  const bundle = join(folder, 'ask.mjs');
  try {
    await build({
      entryPoints: ['api/atlas/ask.ts'],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
    });
    const times = Array.from({ length: LOADS }, () => [importTime(pathToFileURL(bundle).href), importTime('fastify')]);
    const medianOf = (column: 0 | 1) =>
      quantile(
        times.map((pair) => pair[column] ?? Number.NaN),
        0.5,
      );
    const baseline = { name: 'ms to load Fastify', value: medianOf(1) };
    return { name: 'Atlas: loading it with its language, median', value: medianOf(0), unit: 'ms', baseline };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each question counts with the fastest of three times: what is measured is the question, not what else the machine does. */
export async function atlasBenchmark(): Promise<Figure[]> {
  const rows = twentyRows();
  const asked = questions();
  const askOne = (question: string) => void ask({ id: 'bench', question, rows, run: null, conversation: null });
  asked.forEach(askOne);
  const times = asked.map((question) => Math.min(...[1, 2, 3].map(() => timed(() => askOne(question)))));
  const copies = asked.map(() => timed(() => void JSON.parse(JSON.stringify(rows))));
  const baseline = { name: 'ms to copy the 20 rows as JSON (median)', value: quantile(copies, 0.5) };
  return [
    { name: 'Atlas: one question, median', value: quantile(times, 0.5), unit: 'ms', baseline },
    { name: 'Atlas: one question, 99th percentile', value: quantile(times, 0.99), unit: 'ms', baseline },
    await loading(),
  ];
}
