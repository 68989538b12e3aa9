import type { Metric } from '../../../contract/answer.js';
import type { Assumption } from '../../plan.js';
import type { Tag } from '../../tags.js';
import type { Frame } from '../frame.js';
import { moreIsBetter, resolveMetric } from './metrics.js';

type Order = Extract<Tag, { kind: 'order' }>;

export interface Ordering {
  /** null: no metric is named; rows are counted. */
  metric: Metric | null;
  direction: 'asc' | 'desc';
  all: boolean;
  assumption: Assumption | null;
}

/** What the superlatives of a clause come to, or null where they contradict each other or stay open. */
export function orderingOf(frame: Frame): Ordering | null {
  const leading = leadingOrder(frame.orders);
  if (leading === null) return null;
  const named = frame.metrics.findLast((metric) => metric !== 'length' && metric !== 'tokens') ?? frame.metrics.at(-1);
  const name = named ?? leading.metric ?? (speaksOfTime(frame) ? 'latencyMs' : null);
  if (name === null)
    return leading.direction === 'best' || leading.direction === 'worst'
      ? null
      : { metric: null, direction: leading.direction, all: leading.all === true, assumption: null };
  const resolved = resolveMetric(name, frame);
  if (resolved === null) return null;
  const direction = directionOf(leading, resolved.metric);
  if (direction === null) return null;
  return {
    metric: resolved.metric,
    direction,
    all: frame.orders.some((order) => order.all === true),
    assumption: resolved.assumption,
  };
}

/** "which took the least", "who won on time" */
export const speaksOfTime = (frame: Frame) =>
  frame.items.some(({ tag, words }) => tag.kind === 'waiting' && /\b(took|takes?|taking|times?|wait\w*)\b/.test(words));

/** A named order ("slowest") before a plain one ("top"); two named ones must agree. */
function leadingOrder(orders: readonly Order[]): Order | null {
  const strong = orders.filter((order) => !order.weak);
  const named = strong.filter(
    (order) =>
      order.metric !== null &&
      !(strong.length > 1 && order.metric === 'length' && strong.some((other) => other.metric === null)),
  );
  const [first, ...others] = named.length > 0 ? named : strong.length > 0 ? strong : orders;
  if (first === undefined) return null;
  const agree = others.every((order) =>
    named.length > 0 ? order.metric === first.metric && order.direction === first.direction : compatible(order, first),
  );
  if (!agree) return null;
  if (named.length > 0) return first;
  return others.find((order) => order.direction === 'worst' || order.direction === 'best') ?? first;
}

function compatible(a: Order, b: Order): boolean {
  const relative = [a, b].filter((order) => order.direction === 'best' || order.direction === 'worst');
  return relative.length === 1 || a.direction === b.direction;
}

/** "Slowest" is the most milliseconds and the fewest tokens per second. */
function directionOf(order: Order, metric: Metric): 'asc' | 'desc' | null {
  const better = moreIsBetter(metric);
  if (order.direction === 'best') return better === null ? null : better ? 'desc' : 'asc';
  if (order.direction === 'worst') return better === null ? null : better ? 'asc' : 'desc';
  if (order.metric === 'latencyMs' && metric === 'tokensPerSecond') return order.direction === 'desc' ? 'asc' : 'desc';
  if (order.metric === 'latencyMs' && metric !== 'latencyMs' && metric !== 'firstTokenMs') return null;
  return order.direction;
}
