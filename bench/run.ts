import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { atlasBenchmark } from './atlas.js';
import type { Figure } from './figure.js';
import { modelBenchmark } from './model.js';
import { widgetBenchmark } from './widget.js';

const figures: Figure[] = [];
for (const benchmark of [atlasBenchmark, modelBenchmark, widgetBenchmark]) figures.push(...(await benchmark()));

const table = figures.map(({ name, value, unit, baseline }) => ({
  figure: name,
  value: Number(value.toPrecision(3)),
  unit,
  baseline: baseline ? `${Number(baseline.value.toPrecision(3))} ${baseline.name}` : '',
  ratio: baseline ? Number((value / baseline.value).toPrecision(3)) : '',
}));
console.table(table);
mkdirSync('bench', { recursive: true });
const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
writeFileSync('bench/results.json', `${JSON.stringify({ machine, at: new Date().toISOString(), figures }, null, 2)}\n`);
