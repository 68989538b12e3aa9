import type { Row } from '../../contract/row.js';
import { aggregate, metricValues } from '../../results/aggregate.js';
import type { Item } from '../tags.js';
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
      out.push(taken.item);
      at += taken.size - 1;
    }
  }
  return out;
}

function relativeAt(items: readonly Item[], at: number, rows: readonly Row[]): { item: Item; size: number } | null {
  const compare = items[at];
  if (compare?.tag.kind !== 'compare' || compare.tag.after || compare.tag.op === 'between' || compare.tag.op === '=')
    return null;
  let next = at + 1;
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
  const than = items.slice(link, next).some(({ tag }) => tag.kind === 'versus');
  if (!than && !/than|then|above|below|over|under|beyond|exceed|past/.test(compare.words)) return null;
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
  const field = name === null ? null : asField(name === 'longest' ? 'latencyMs' : name);
  if (field === null) return null;
  const value = aggregate(metricValues(rows, field), how);
  if (value === null) return null;
  const parts = items.slice(at, next);
  return {
    item: {
      tag: { kind: 'filter', where: { field, op: compare.tag.op, value } },
      words: parts.map(({ words }) => words).join(' '),
      from: compare.from,
      to: parts.at(-1)?.to ?? compare.to,
    },
    size: parts.length,
  };
}

const isLink = (item: Item | undefined) =>
  item?.tag.kind === 'versus' || item?.tag.kind === 'all' || (item?.tag.kind === 'reference' && item.tag.weak === true);
