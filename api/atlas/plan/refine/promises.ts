import type { Item, Tag } from '../../tags.js';
import { fieldOf } from '../conditions.js';

type Order = Extract<Tag, { kind: 'order' }>;

/**
 * "95 percent of requests finish within …", "the slowest tenth starts at which latency", "what can we promise for 9 out
 * of 10?": the percentile that is meant.
 */
export function promises(items: Item[]): Item[] {
  const percent = items.find(({ tag }) => tag.kind === 'quantity' && tag.unit === 'percent');
  if (percent?.tag.kind !== 'quantity' || items.some(({ tag }) => tag.kind === 'quantity' && tag.unit !== 'percent'))
    return items;
  const { value } = percent.tag;
  const named = items.some(({ tag }) => tag.kind === 'aggregate' && tag.aggregates.join() === `p${value}`);
  if (named) return items.filter((item) => item !== percent && !saysCoverage(item));
  const others = items.filter((item) => item !== percent && !saysBound(item));
  if (!asksForBound(items) || others.some(({ tag }) => isNarrowed(tag) || tag.kind === 'aggregate')) return items;
  const tail = tailAt(items, items.indexOf(percent));
  const rank = rankOf(value, tail, items);
  if (rank === null) return items;
  // "95 % finish within which number of milliseconds?"
  const counted = others.some(({ tag }) => tag.kind === 'metric' && !/Ms$/.test(tag.metric));
  const rest = others.filter(
    ({ tag, words }) =>
      tag !== tail &&
      !['compare', 'promise', 'by'].includes(tag.kind) &&
      !(tag.kind === 'ask' && (tag.ask === 'share' || (tag.ask === 'count' && !counted))) &&
      !(tag.kind === 'cue' && words === 'only'),
  );
  const aggregate: Item = { ...percent, tag: { kind: 'aggregate', aggregates: [rank === 50 ? 'median' : `p${rank}`] } };
  const metric: Item = { ...percent, tag: { kind: 'metric', metric: 'latencyMs' } };
  const measured = rest.some(({ tag }) => tag.kind === 'metric') ? [] : [metric];
  const at = rest.filter(({ from }) => from < percent.from).length;
  return [...rest.slice(0, at), aggregate, ...measured, ...rest.slice(at)];
}

/** "within", "how long", "which latency": something that the share of prompts stays under is asked for. */
function asksForBound(items: readonly Item[]): boolean {
  const compares = items.some(({ tag }) => tag.kind === 'compare' || tag.kind === 'promise');
  if (compares || items.some(({ tag }) => tag.kind === 'ask' && tag.ask === 'howLong')) return true;
  const asks = items.some(({ tag }) => tag.kind === 'ask' && ['which', 'list', 'show'].includes(tag.ask));
  const succeeds = items.some(({ tag }) => tag.kind === 'filter' && isAnswered(tag));
  const timed = ({ tag }: Item) =>
    tag.kind === 'waiting' || (tag.kind === 'metric' && (tag.metric === 'latencyMs' || tag.metric === 'firstTokenMs'));
  return items.some(timed) && (asks || !succeeds);
}

/** "the slowest 5 %", "the longest tenth": the end that the share is counted from. */
function tailAt(items: readonly Item[], at: number): Order | null {
  const [before, percent, after] = [items[at - 1], items[at], items[at + 1]];
  if (before?.tag.kind === 'order' && !before.tag.all && before.to === percent?.from) return before.tag;
  return after?.tag.kind === 'order' && !after.tag.all && after.from === percent?.to ? after.tag : null;
}

/** How much lies below the bound; null where the end and the comparison contradict each other. */
function rankOf(value: number, tail: Order | null, items: readonly Item[]): number | null {
  const compare = items.find(({ tag }) => tag.kind === 'compare')?.tag;
  const above = compare?.kind === 'compare' && (compare.op === '>' || compare.op === '>=');
  const below = compare?.kind === 'compare' && (compare.op === '<' || compare.op === '<=');
  if (tail === null) return above ? rest(value) : value;
  const high = isHighEnd(tail, items);
  // "The fastest 90 % are faster than what" and "the slowest 10 % are slower than what"
  if (high === null || (high ? below : above)) return null;
  return high ? rest(value) : value;
}

const rest = (value: number) => Math.round((100 - value) * 1000) / 1000;

function isHighEnd({ direction, metric }: Order, items: readonly Item[]): boolean | null {
  const named = items.flatMap(({ tag }) => (tag.kind === 'metric' ? [tag.metric] : []));
  const speed = named.includes('tokensPerSecond') || named.includes('speed');
  const sized = named.some((each) => /okens$|words|characters|length|text/.test(each));
  if (direction === 'asc' || direction === 'desc')
    return speed && metric === 'latencyMs' ? direction === 'asc' : direction === 'desc';
  return sized ? null : (direction === 'worst') !== speed;
}

/** "at worst", "at most": a bound is what is asked for. */
const saysBound = ({ tag, words }: Item) =>
  (tag.kind === 'order' && /^(at )?worst$/.test(words)) ||
  (tag.kind === 'aggregate' && /^worst case|^max(imum)?$/.test(words));

/** Conditions within which a bound is asked for: a group, and that there is an answer at all. */
const isNarrowed = (tag: Tag) => tag.kind === 'filter' && !isAnswered(tag) && fieldOf(tag.where) !== 'category';

/** What "95 % of them stay below which time" says beside "p95": nothing new. */
const saysCoverage = ({ tag }: Item) =>
  tag.kind === 'compare' ||
  tag.kind === 'promise' ||
  (tag.kind === 'reference' && tag.number === 'many') ||
  (tag.kind === 'ask' && ['share', 'howLong', 'which', 'count'].includes(tag.ask));

const isAnswered = (tag: Tag & { kind: 'filter' }) =>
  'field' in tag.where && tag.where.field === 'status' && tag.where.value === 'ok';
