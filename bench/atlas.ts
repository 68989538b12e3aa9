import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ask } from '../api/atlas/ask.js';
import type { Row } from '../api/contract/row.js';
import { type Figure, quantile } from './figure.js';

const CORPUS = 'testing/corpora/atlas';

/** Rows repeated and numbered anew up to 20, the most that a session can have. */
function twentyRows(): Row[] {
  const rows: Row[] = JSON.parse(readFileSync(`${CORPUS}/rows.json`, 'utf8'));
  return Array.from({ length: 20 }, (_, i) => ({ ...(rows[i % rows.length] as Row), number: i + 1 }));
}

function questions(): string[] {
  const lines = ['a', 'b'].flatMap((set) =>
    readFileSync(`${CORPUS}/questions-${set}.jsonl`, 'utf8').trim().split('\n'),
  );
  return lines.flatMap((line) => JSON.parse(line).turns.map((turn: { q: string }) => turn.q));
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Milliseconds to load the language, in a fresh process. */
function loadTime(): number {
  const script = "const t = performance.now(); await import('./api/atlas/ask.ts'); console.log(performance.now() - t);";
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  return Number(stdout.trim());
}

export async function atlasBenchmark(): Promise<Figure[]> {
  const rows = twentyRows();
  const asked = questions();
  const askOne = (question: string) => void ask({ id: 'bench', question, rows, run: null, conversation: null });
  asked.forEach(askOne);
  const times = asked.map((question) => timed(() => askOne(question)));
  const copies = asked.map(() => timed(() => void JSON.parse(JSON.stringify(rows))));
  const baseline = { name: 'ms to copy the 20 rows as JSON (median)', value: quantile(copies, 0.5) };
  return [
    { name: 'Atlas: one question, median', value: quantile(times, 0.5), unit: 'ms', baseline },
    { name: 'Atlas: one question, 99th percentile', value: quantile(times, 0.99), unit: 'ms', baseline },
    { name: 'Atlas: loading the language, from source', value: loadTime(), unit: 'ms' },
  ];
}
