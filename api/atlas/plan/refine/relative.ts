import type { Row } from '../../../contract/row.js';
import { aggregate, metricValues } from '../../../results/aggregate.js';
import type { Condition } from '../../plan.js';
import type { Item, Tag } from '../../tags.js';
import { asField } from './limits.js';
import { merged } from './merge.js';

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
  const of = figureAt(items, next, rows);
  if (of === null) return null;
  next += 1;
  take();
  if (name === 'longest' || name === null) name = before?.kind === 'metric' ? before.metric : name;
  const writes = items.some(({ tag }) => tag.kind === 'entity' && tag.entity === 'response');
  const waits = items.some(
    ({ tag, words }) => tag.kind === 'waiting' || /\b(took|takes?|taking|waits?|waited)\b/.test(words),
  );
  if (/\b(longer|shorter)\b/.test(compare.words) && items[at + 1]?.tag.kind !== 'metric')
    name = writes && !waits ? 'length' : 'latencyMs';
  const slow = [first, times].some((item) => item?.tag.kind === 'multiple' && /slow|fast|quick/.test(item.words));
  if (name === null && (waits || slow)) name = 'latencyMs';
  const field = name === null ? null : asField(name === 'longest' ? 'latencyMs' : name);
  if (field === null) return null;
  const value = aggregate(metricValues(of.rows, field), of.how);
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

/** The median of the run, or the one prompt that the others are held against. */
function figureAt(items: readonly Item[], at: number, rows: readonly Row[]): { how: string; rows: Row[] } | null {
  const figure = items[at];
  if (figure?.tag.kind === 'prompts') {
    const [number, ...more] = figure.tag.numbers;
    const others = items.some(({ tag }) => (tag.kind === 'prompts' && tag !== figure.tag) || OTHERWISE.has(tag.kind));
    const asked = items.some(({ tag }) => tag.kind === 'entity' && tag.plural);
    return more.length > 0 || others || !asked
      ? null
      : { how: 'mean', rows: rows.filter((row) => row.number === number) };
  }
  if (figure?.tag.kind !== 'aggregate' || figure.tag.weak || figure.tag.aggregates.length !== 1) return null;
  const [how] = figure.tag.aggregates;
  if (how === undefined || !/^(mean|median|p[\d.]+)$/.test(how)) return null;
  if (/^(on|in|by|at) /.test(figure.words) || items[at + 1]?.tag.kind === 'versus') return null;
  return { how, rows: [...rows] };
}

/** Meanings that make a comparison of two out of it, or a ranking. */
const OTHERWISE = new Set<Tag['kind']>(['order', 'relation', 'quantity', 'aggregate']);

/** "the same latency as prompt 2": the others with its value. */
export function sameAsPrompt(items: readonly Item[], rows: readonly Row[]): Item[] {
  const at = items.findIndex(({ tag }) => tag.kind === 'cue' && tag.cue === 'same');
  const counted = items[at + 1]?.tag.kind === 'ask' ? 1 : 0;
  const [metric, prompt] = [items[at + 1 + counted], items[at + 2 + counted]];
  if (at < 0 || metric?.tag.kind !== 'metric' || prompt?.tag.kind !== 'prompts') return [...items];
  const [number, ...more] = prompt.tag.numbers;
  const field = asField(metric.tag.metric);
  const row = rows.find((each) => each.number === number);
  const value = field === null || row === undefined ? null : aggregate(metricValues([row], field), 'mean');
  if (field === null || value === null || number === undefined || more.length > 0) return [...items];
  const exactly = items[at - 1]?.tag.kind === 'compare' ? 1 : 0;
  const parts = items.slice(at - exactly, at + 3 + counted);
  const where: Condition[] = [{ field, op: '=', value }, { not: { field: 'number', op: '=', value: number } }];
  return [
    ...items.slice(0, at - exactly),
    merged({ kind: 'filter', where: { all: where } }, parts),
    ...items.slice(at + 3 + counted),
  ];
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
