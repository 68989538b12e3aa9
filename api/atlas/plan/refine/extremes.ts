import type { Row } from '../../../contract/row.js';
import { metricValues } from '../../../results/aggregate.js';
import type { Item, Tag } from '../../tags.js';
import { asField } from './limits.js';
import { merged } from './merge.js';

/** "without the slowest", "drop the two longest": which prompts those are is known here, so they are named. */
export function withoutExtremes(items: readonly Item[], rows: readonly Row[]): Item[] {
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const found = extremesAt(items, at);
    const numbers = found === null ? [] : numbersOf(found.order, found.count, rows);
    if (found === null || numbers.length < found.count) {
      out.push(items[at] as Item);
      continue;
    }
    const where = { not: { field: 'number' as const, op: 'in' as const, value: numbers } };
    out.push(merged({ kind: 'filter', where }, items.slice(at, found.end)));
    at = found.end - 1;
  }
  return out;
}

/**
 * "how many more tokens did the slowest answer write than the fastest": which two prompts these are is known here. Where
 * they are the ends of the metric itself, its figures are held against each other.
 */
export function extremesAsPrompts(items: readonly Item[], rows: readonly Row[]): Item[] {
  const ends = items.filter(({ tag }) => tag.kind === 'order' && !tag.all && !tag.weak);
  const compared = items.some(({ tag }) => ['relation', 'versus', 'compare'].includes(tag.kind));
  const sized = items.some(({ tag }) => tag.kind === 'metric' && /okens$|^(words|characters)$/.test(tag.metric));
  const timed = ends.every(({ tag }) => tag.kind === 'order' && tag.metric === 'latencyMs');
  const narrowed = items.some(({ tag }) => NARROWS.has(tag.kind));
  if (ends.length !== 2 || !compared || !sized || !timed || narrowed) return [...items];
  return items.map((item) => {
    const order = ends.includes(item) && item.tag.kind === 'order' ? item.tag : null;
    const [number, next] = order === null ? [] : numbersOf(order, 2, rows);
    const tied =
      rows.find((row) => row.number === number)?.latencyMs === rows.find((row) => row.number === next)?.latencyMs;
    return number === undefined || tied ? item : { ...item, tag: { kind: 'prompts', numbers: [number] } };
  });
}

const NARROWS = new Set<Tag['kind']>(['filter', 'prompts', 'quantity', 'dimension', 'by', 'aggregate', 'ordinal']);

type Order = Extract<Tag, { kind: 'order' }>;

function extremesAt(items: readonly Item[], at: number): { order: Order; count: number; end: number } | null {
  const first = items[at]?.tag;
  if (first?.kind !== 'negation' || first.style !== 'exclude' || first.after) return null;
  let next = at + 1;
  let count = 1;
  for (; next < items.length; next += 1) {
    const tag = items[next]?.tag;
    if (tag?.kind === 'quantity' && tag.unit === null && Number.isInteger(tag.value) && tag.value > 0)
      count = tag.value;
    else break;
  }
  const order = items[next]?.tag;
  if (order?.kind !== 'order' || order.all || order.weak || order.metric === null) return null;
  const entity = items[next + 1]?.tag;
  const named = entity?.kind === 'entity' && entity.entity !== 'run';
  if (named && entity.plural && count === 1) return null;
  return { order, count, end: next + (named ? 2 : 1) };
}

function numbersOf(order: Order, count: number, rows: readonly Row[]): number[] {
  const field = order.metric === 'longest' ? 'outputTokens' : asField(order.metric ?? 'text');
  const down = order.direction === 'desc';
  if (field === null || (!down && order.direction !== 'asc')) return [];
  return rows
    .filter((row) => metricValues([row], field).length > 0)
    .sort((a, b) => ((b[field] ?? 0) - (a[field] ?? 0)) * (down ? 1 : -1) || a.number - b.number)
    .slice(0, count)
    .map((row) => row.number);
}
