import type { Row } from '../../contract/row.js';
import { aggregate, metricValues } from '../../results/aggregate.js';
import type { Item, Tag } from '../tags.js';
import { asField } from './limits.js';

/**
 * "slower than the average", "more words than the median": a limit that the run itself sets. It is computed over all
 * prompts here, so that the rest of the plan meets an ordinary limit.
 */
export function relativeLimits(items: readonly Item[], rows: readonly Row[]): Item[] {
  const asksForRows = items.some(({ tag }) => tag.kind === 'entity' || tag.kind === 'ask');
  const ofGroups = items.some(({ tag }) => tag.kind === 'dimension');
  if (!asksForRows || ofGroups) return [...items];
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const taken = relativeAt(items, at, rows);
    if (taken === null) out.push(items[at] as Item);
    else {
      if (taken.before && out.at(-1)?.tag.kind === 'metric') out.pop();
      out.push(taken.item);
      at += taken.size - 1;
    }
  }
  return out;
}

interface Taken {
  item: Item;
  size: number;
  /** The metric named before it is the one that is limited. */
  before: boolean;
}

function relativeAt(items: readonly Item[], at: number, rows: readonly Row[]): Taken | null {
  const first = items[at];
  const bare = first?.tag.kind === 'multiple' && !first.tag.by ? AT_LEAST : null;
  const leading = first?.tag.kind === 'multiple' ? at + 1 : at;
  const compare = items[leading]?.tag.kind === 'compare' ? items[leading] : bare;
  if (first === undefined || compare?.tag.kind !== 'compare') return null;
  if (compare.tag.after || compare.tag.op === 'between' || compare.tag.op === '=') return null;
  let next = compare === bare ? leading : leading + 1;
  let name = compare.tag.metric ?? null;
  const before = items[at - 1]?.tag;
  const take = () => {
    const tag = items[next]?.tag;
    if (tag?.kind !== 'metric') return;
    name = tag.metric;
    next += 1;
  };
  take();
  const link = next;
  while (isLink(items[next])) next += 1;
  const than = compare === bare || items.slice(link, next).some(({ tag }) => tag.kind === 'versus');
  const times = items[next]?.tag.kind === 'multiple' ? items[next] : undefined;
  if (times) next += 1;
  if (!than && !times && !/than|then|above|below|over|under|beyond|exceed|past/.test(compare.words)) return null;
  const figure = items[next];
  if (figure?.tag.kind !== 'aggregate' || figure.tag.weak || figure.tag.aggregates.length !== 1) return null;
  const [how] = figure.tag.aggregates;
  if (how === undefined || !/^(mean|median|p[\d.]+)$/.test(how)) return null;
  if (/^(on|in|by|at) /.test(figure.words) || items[next + 1]?.tag.kind === 'versus') return null;
  next += 1;
  take();
  if (name === 'longest' || name === null) name = before?.kind === 'metric' ? before.metric : name;
  const writes = items.some(({ tag }) => tag.kind === 'entity' && tag.entity === 'response');
  const waits = items.some(
    ({ tag, words }) => tag.kind === 'waiting' || /\b(took|takes?|taking|waits?|waited)\b/.test(words),
  );
  if (/\b(longer|shorter)\b/.test(compare.words) && items[at + 1]?.tag.kind !== 'metric')
    name = writes && !waits ? 'length' : 'latencyMs';
  if (name === null && waits) name = 'latencyMs';
  const field = name === null ? null : asField(name === 'longest' ? 'latencyMs' : name);
  if (field === null) return null;
  const value = aggregate(metricValues(rows, field), how);
  if (value === null) return null;
  const factor = factorOf(first.tag, compare.tag.op) * factorOf(times?.tag, compare.tag.op);
  const parts = items.slice(at, next);
  return {
    item: {
      tag: { kind: 'filter', where: { field, op: compare.tag.op, value: Math.round(value * factor * 1e6) / 1e6 } },
      words: parts.map(({ words }) => words).join(' '),
      from: first.from,
      to: parts.at(-1)?.to ?? first.to,
    },
    size: parts.length,
    before: before?.kind === 'metric' && before.metric === name,
  };
}

const isLink = (item: Item | undefined) =>
  item?.tag.kind === 'versus' || item?.tag.kind === 'all' || (item?.tag.kind === 'reference' && item.tag.weak === true);

/** "twice as long as the median" with no comparative: that much or more. */
const AT_LEAST: Item = { tag: { kind: 'compare', op: '>=' }, words: 'than', from: 0, to: 0 };

/** "20 % slower" is 1.2 times as much, "20 % below" 0.8 times. */
function factorOf(tag: Tag | undefined, op: string): number {
  if (tag?.kind !== 'multiple') return 1;
  if (!tag.by) return tag.value;
  return op.startsWith('<') ? 1 - tag.value : 1 + tag.value;
}
