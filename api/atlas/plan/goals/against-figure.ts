import type { Condition, Side } from '../../plan.js';
import type { Item, MetricName } from '../../tags.js';
import { fieldOf } from '../conditions.js';
import type { Frame } from '../frame.js';
import type { Draft } from './draft.js';
import { resolveMetric } from './metrics.js';
import { preference } from './side-measure.js';

/** "is prompt 4 slower than the average?", "how does travel compare to the median latency?": one side is the whole run. */
export function readAgainstFigure(frame: Frame): Draft | null {
  const [aggregate, ...more] = frame.aggregates;
  const side = sideOf(frame);
  const alone = frame.orders.length + frame.quantities.length + frame.dimensions.length + frame.by.length === 0;
  if (aggregate === undefined || more.length > 0 || side === null || !alone || !isHeldAgainst(frame)) return null;
  if (!/^(mean|median|min|max|p[\d.]+)$/.test(aggregate)) return null;
  const name = metricOf(frame, aggregate);
  const resolved = name === null ? null : resolveMetric(name, frame);
  if (resolved === null) return null;
  const { metric } = resolved;
  const own = side.group === null || aggregate === 'min' || aggregate === 'max' ? 'mean' : aggregate;
  const all = aggregate === own ? 'all' : `all (${aggregate})`;
  const sides: Side[] = [
    { ...side, measure: { metric, aggregate: own } },
    { label: all, where: [], measure: { metric, aggregate }, group: null },
  ];
  const [relation = null] = frame.relations;
  const prefer = new Set(frame.compares.map(({ op }) => op)).size > 1 ? null : preference(frame, metric);
  return {
    goal: { goal: 'compare', sides, prefer, relation },
    uses: ['filter', 'prompts', 'compare', 'aggregate', 'metric', 'relation', 'versus', 'summary'],
    where: [],
    assumptions: [resolved.assumption],
  };
}

/** The one prompt or the one category that is held against the run. */
function sideOf(frame: Frame): Omit<Side, 'measure'> | null {
  const numbers = frame.prompts.flat();
  const [narrowing, ...more] = frame.narrowings;
  const [number] = numbers;
  if (numbers.length === 1 && number !== undefined && narrowing === undefined) {
    const where: Condition = { field: 'number', op: '=', value: number };
    return { label: `prompt ${number}`, where: [where], group: null };
  }
  if (numbers.length > 0 || narrowing === undefined || more.length > 0) return null;
  const { where } = narrowing;
  if (!('field' in where) || where.op !== '=' || fieldOf(where) !== 'category') return null;
  const key = String(where.value);
  return { label: key, where: [where], group: { by: 'category', key } };
}

/** The figure stands right behind what holds one thing against another; "on average" says only how it is measured. */
function isHeldAgainst(frame: Frame): boolean {
  const at = frame.items.findIndex(({ tag }) => tag.kind === 'aggregate' && !tag.weak);
  if (/^(on|in|at|by|as) /.test(frame.items[at]?.words ?? '')) return false;
  const before = frame.items.slice(0, at).findLast(({ tag }) => !['all', 'reference', 'entity'].includes(tag.kind));
  const next = frame.items[at + 1]?.tag;
  const ofSide = next?.kind === 'filter' || next?.kind === 'prompts';
  return before !== undefined && holds(before) && !ofSide;
}

const holds = ({ tag, words }: Item) =>
  tag.kind === 'versus' || (tag.kind === 'compare' && /(than|above|below|over|under|exceeds?|beat|beats)$/.test(words));

function metricOf(frame: Frame, aggregate: string): MetricName | null {
  const named = frame.metrics.filter((metric) => metric !== 'tokens' && metric !== 'length');
  const [metric, ...more] = named.length > 0 ? named : frame.metrics;
  if (more.length > 0) return null;
  const implied = frame.compares.find((compare) => compare.metric !== undefined)?.metric;
  const slower = frame.items.some(
    ({ tag, words }) => tag.kind === 'relation' && /slow|fast|quick|second|\bms\b/.test(words),
  );
  const longer = implied === 'longest' && frame.prompts.length > 0 ? 'latencyMs' : implied;
  return metric ?? longer ?? (slower || aggregate.startsWith('p') ? 'latencyMs' : null);
}
