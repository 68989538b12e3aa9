import type { Metric } from '../../../contract/answer.js';
import type { Condition } from '../../plan.js';
import type { Item, MetricName, Tag } from '../../tags.js';
import { merged } from './merge.js';

const COMPARABLE: Record<string, MetricName> = { ms: 'latencyMs', 'tokens/s': 'tokensPerSecond', attempts: 'attempts' };

/** "more than 100 output tokens", "latency > 1 s", "between 600 and 800 ms", "90 words or more". */
export function limits(items: Item[]): Item[] {
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const taken = limitAt(items, at, out);
    if (taken === null) out.push(items[at] as Item);
    else {
      out.length -= taken.before;
      out.push(taken.item);
      at += taken.after - 1;
    }
  }
  return out;
}

interface Taken {
  item: Item;
  /** Items already read that belong to it, and items from here on. */
  before: number;
  after: number;
}

function limitAt(items: readonly Item[], at: number, done: readonly Item[]): Taken | null {
  const compare = items[at]?.tag;
  if (compare?.kind === 'compare' && !compare.after) {
    let size = 1;
    const second = items[at + 1]?.tag;
    const doubled =
      second?.kind === 'compare' && !second.after && items[at + 2]?.tag.kind === 'quantity' ? second : null;
    if (doubled) size = 2;
    const first = items[at + size];
    if (first?.tag.kind !== 'quantity') return null;
    const bounds = [first.tag];
    size += 1;
    const joint = items[at + size]?.tag;
    const other = items[at + size + 1];
    const from = compare.op === '>=' && /^from$/.test(items[at]?.words ?? '') && isRange(items[at + size]);
    if (compare.op === 'between' || from) {
      const joined = joint?.kind === 'joint' || (joint?.kind === 'compare' && joint.op === '<=');
      if (!joined || other?.tag.kind !== 'quantity') return null;
      bounds.push(other.tag);
      size += 2;
    }
    const effective = doubled ?? compare;
    return limit(
      items,
      at,
      size,
      bounds,
      from ? 'between' : effective.op,
      effective.metric ?? compare.metric ?? null,
      done,
    );
  }
  if (compare?.kind !== 'quantity') return null;
  const to = items[at + 2]?.tag;
  const counted = items[at + 3]?.tag.kind === 'metric';
  if (isRange(items[at + 1]) && to?.kind === 'quantity' && (to.unit !== null || counted))
    return limit(items, at, 3, [compare, to], 'between', null, done);
  const named = items[at + 1]?.tag.kind === 'metric' ? 1 : 0;
  const after = items[at + 1 + named]?.tag;
  const exceeded =
    after?.kind === 'compare' &&
    /^(exceeded|surpassed|crossed|topped|passed|exceeding)$/.test(items[at + 1 + named]?.words ?? '');
  if (after?.kind !== 'compare' || !(after.after || exceeded)) return null;
  const name = items[at + 1]?.tag;
  const metric = name?.kind === 'metric' ? name.metric : null;
  return limit(items, at, 2 + named, [compare], after.op, metric, done);
}

const isRange = (item: Item | undefined) =>
  item?.tag.kind === 'joint' && /^(-|to|till|until|through)$/.test(item.words);

type Quantity = Tag & { kind: 'quantity' };

function limit(
  items: readonly Item[],
  at: number,
  size: number,
  bounds: Quantity[],
  op: string,
  implied: MetricName | null,
  done: readonly Item[],
): Taken | null {
  const unit = bounds.map((bound) => bound.unit).find((each) => each !== null) ?? null;
  const next = items[at + size]?.tag;
  const nextWaits = items[at + size + 1]?.tag;
  const before = done.at(-1)?.tag;
  const beforeThat = done.at(-2)?.tag;
  let metric: MetricName | null = null;
  let after = size;
  let back = 0;
  if (next?.kind === 'metric' && agrees(next.metric, unit) && !(nextWaits?.kind === 'compare' && unit !== null)) {
    metric = next.metric;
    after += 1;
    if (before?.kind === 'metric' && before.metric === next.metric) back = 1;
  } else if (before?.kind === 'metric' && agrees(before.metric, unit)) {
    metric = before.metric;
    back = 1;
  } else if (
    beforeThat?.kind === 'metric' &&
    agrees(beforeThat.metric, unit) &&
    (before?.kind === 'joint' || before?.kind === 'waiting' || before?.kind === 'all') &&
    before.kind !== 'joint'
  ) {
    metric = beforeThat.metric;
    back = 2;
  } else if (unit !== null) metric = COMPARABLE[unit] ?? null;
  else metric = (implied === 'longest' ? null : implied) ?? listedWith(done);
  if (unit === 'ms' && metric === 'latencyMs' && mentions([...done, ...items.slice(at)], 'firstTokenMs'))
    metric = 'firstTokenMs';
  if (metric === null || unit === 'percent') return null;
  const field = asField(metric);
  if (field === null) return null;
  const bareOne = unit === null && field === 'latencyMs' && bounds.some(({ value }) => value === 1);
  if (bareOne) return null;
  const values = bounds.map((bound) =>
    bound.unit === null && unit === 'ms' && bound.value < 60 && lastUnitIsSeconds(items, at, size)
      ? bound.value * 1000
      : bound.value,
  );
  const [low = 0, high = 0] = field === 'latencyMs' && unit === null ? values.map(inSeconds) : values;
  const speeds = implied === 'latencyMs' && field === 'tokensPerSecond' && op in MIRRORED;
  const where: Condition =
    op === 'between'
      ? { field, op, value: [Math.min(low, high), Math.max(low, high)] }
      : { field, op: (speeds ? MIRRORED[op] : op) as '<', value: low };
  const parts = [...done.slice(done.length - back), ...items.slice(at, at + after)];
  return { item: merged({ kind: 'filter', where }, parts), before: back, after };
}

/** "under 800 ms, 800 to 1200, above 1200": the unit is said once. */
function listedWith(done: readonly Item[]): MetricName | null {
  const [limit, joint] = [done.at(-2)?.tag, done.at(-1)?.tag];
  const listed = joint?.kind === 'joint' && joint.joint !== 'stop' && limit?.kind === 'filter';
  const field = listed && 'field' in limit.where ? limit.where.field : null;
  return field === 'latencyMs' ? field : null;
}

/** "longer than 10": no answer takes ten milliseconds. */
const inSeconds = (value: number) => (value < 60 ? value * 1000 : value);

/** "slower than 40 tokens per second" is fewer of them, where slower than 2 s is more. */
const MIRRORED: Record<string, string> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** "between 1 and 2 seconds": the unit is said once. */
function lastUnitIsSeconds(items: readonly Item[], at: number, size: number): boolean {
  return items.slice(at, at + size).some(({ words }) => /\d\s*s\b|sec|second/.test(words));
}

const mentions = (items: readonly Item[], metric: MetricName) =>
  items.some(({ tag }) => tag.kind === 'metric' && tag.metric === metric);

function agrees(metric: MetricName, unit: Quantity['unit']): boolean {
  const timed = metric === 'latencyMs' || metric === 'firstTokenMs';
  if (unit === 'ms') return timed;
  if (unit === 'tokens/s') return metric === 'tokensPerSecond';
  if (unit === 'attempts') return metric === 'attempts';
  return unit === null;
}

/** One response is spoken of: its tokens are output tokens. */
export function asField(metric: MetricName): Metric | null {
  if (metric === 'tokens' || metric === 'length') return 'outputTokens';
  if (metric === 'longest' || metric === 'speed' || metric === 'text') return null;
  return metric;
}
