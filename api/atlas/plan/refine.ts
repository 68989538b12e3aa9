import type { Condition, Field } from '../plan.js';
import type { Item, MetricName, Tag } from '../tags.js';
import {
  commonErrors,
  countedPicks,
  countedRetries,
  idioms,
  listedEnds,
  missingValues,
  namedFields,
  remainders,
  unions,
  unsaidSides,
} from './completions.js';
import { complementOf } from './conditions.js';
import { asField } from './limits.js';

type Refiner = (items: Item[]) => Item[];

/** Each joins neighbouring meanings into one, in this order. */
const REFINERS: readonly Refiner[] = [
  dropInterjection,
  corrections,
  rejected,
  idioms,
  commonErrors,
  listedEnds,
  countedRetries,
  missingValues,
  namedFields,
  namedCategories,
  searches,
  coverage,
  limits,
  bareThresholds,
  withoutPrepositions,
  countedPicks,
  unsaidSides,
  negations,
  negationsAfter,
  remainders,
  unions,
];

export function refine(items: readonly Item[]): Item[] {
  return REFINERS.reduce<Item[]>((refined, refiner) => refiner(refined), [...items]);
}

const merged = (tag: Tag, parts: readonly Item[]): Item => ({
  tag,
  words: parts.map((part) => part.words).join(' '),
  from: Math.min(...parts.map((part) => part.from)),
  to: Math.max(...parts.map((part) => part.to)),
});

/** "OK, so …", "fine. now …": an answer to us, not a status. */
function dropInterjection(items: Item[]): Item[] {
  const [first, second] = items;
  if (first?.tag.kind !== 'filter' || first.from !== 0) return items;
  const says = /^(ok|okay|okey|fine|good|alright|great)$/.test(first.words);
  if (second === undefined) return says ? [] : items;
  const counted =
    (second.tag.kind === 'entity' || (second.tag.kind === 'ask' && second.tag.ask !== 'which')) &&
    second.from === first.to;
  return says && !(counted && second.tag.kind === 'entity') && !(counted && items.length === 2)
    ? items.slice(1)
    : items;
}

/** "the average, no sorry, the median": what comes after the correction takes the place of its like. */
function corrections(items: Item[]): Item[] {
  const cue = items.findLastIndex(({ tag }, at) => at > 0 && tag.kind === 'cue' && tag.cue === 'instead');
  if (
    cue < 1 ||
    cue === items.length - 1 ||
    items.slice(0, cue).every(({ tag }) => tag.kind === 'cue' || tag.kind === 'joint')
  )
    return items;
  const later = new Set(items.slice(cue + 1).map(({ tag }) => tag.kind));
  const replaceable = new Set<Tag['kind']>([
    'aggregate',
    'text',
    'quantity',
    'prompts',
    'order',
    'metric',
    'filter',
    'export',
    'chart',
    'dimension',
  ]);
  const stays = ({ tag }: Item) => !(replaceable.has(tag.kind) && later.has(tag.kind)) && tag.kind !== 'joint';
  return [...items.slice(0, cue).filter(stays), ...items.slice(cue + 1).filter(({ tag }) => !isPointer(tag))];
}

const isPointer = (tag: Tag) => (tag.kind === 'reference' && /one$/.test(tag.number)) || tag.kind === 'joint';

/** "the median, not the mean": named only to be turned down. */
function rejected(items: Item[]): Item[] {
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at] as Item;
    const next = items[at + 1];
    const turnsDown =
      item.tag.kind === 'negation' &&
      (next?.tag.kind === 'aggregate' || next?.tag.kind === 'chart' || next?.tag.kind === 'export');
    if (turnsDown && items.some((other) => other !== next && other.tag.kind === next.tag.kind)) at += 1;
    else out.push(item);
  }
  return out;
}

/** "the support category": the word says no more than the name. */
function namedCategories(items: Item[]): Item[] {
  const isCategory = (item: Item | undefined) =>
    item?.tag.kind === 'filter' && 'field' in item.tag.where && item.tag.where.field === 'category';
  return items.filter((item, at) => {
    const beside = isCategory(items[at - 1]) || isCategory(items[at + 1]);
    const named = item.tag.kind === 'dimension' && item.tag.by === 'category' && !item.tag.plural && !item.tag.each;
    return !(named && beside && items[at - 1]?.tag.kind !== 'by' && items[at - 1]?.tag.kind !== 'ask');
  });
}

/** "within support", "over all requests": a limit needs a number. */
function withoutPrepositions(items: Item[]): Item[] {
  return items.filter(
    ({ tag, words }, at) =>
      !(
        tag.kind === 'compare' &&
        items[at + 1]?.tag.kind !== 'quantity' &&
        /^(within|over|past|from|inside( of)?|up to|plus|\+|=|exactly|between|in between|beyond)( the)?$/.test(words)
      ),
  );
}

/** A search is in the prompts where they are spoken of, else in the responses. */
function searches(items: Item[]): Item[] {
  return items.map((item, at) => {
    if (item.tag.kind !== 'text') return item;
    const { texts, field, negated } = item.tag;
    const near = items.slice(0, at).findLast(({ tag }) => tag.kind === 'entity');
    const after = items.slice(at + 1).find(({ tag }) => tag.kind === 'entity');
    const entity = near?.tag.kind === 'entity' ? near.tag.entity : null;
    const later =
      after?.tag.kind === 'entity' && after.from - item.to <= 3 && after.words !== 'text' ? after.tag.entity : null;
    const about = /^(about|regarding|concerning|on the)/.test(item.words);
    const inPrompt =
      later === 'response' ? false : later === 'prompt' || entity === 'prompt' || (entity === 'one' && about);
    const where: Field = field === 'prompt' || inPrompt ? 'prompt' : 'response';
    const op = negated ? 'not contains' : 'contains';
    const conditions = texts.map((value): Condition => ({ field: where, op, value }));
    const [only] = conditions;
    const all = /\band\b|&/.test(item.words) && conditions.length > 1;
    const condition: Condition =
      conditions.length === 1 && only ? only : all ? { all: conditions } : { any: conditions };
    return { ...item, tag: { kind: 'filter', where: condition } };
  });
}

/** "95 percent of requests finish within …": the percentile that is meant. */
function coverage(items: Item[]): Item[] {
  const at = items.findIndex(({ tag }) => tag.kind === 'quantity' && tag.unit === 'percent');
  const percent = items[at];
  if (percent?.tag.kind !== 'quantity' || items.some(({ tag }) => tag.kind === 'quantity' && tag.unit !== 'percent'))
    return items;
  const compare = items.find(({ tag }) => tag.kind === 'compare')?.tag;
  const above = compare?.kind === 'compare' && (compare.op === '>' || compare.op === '>=');
  const timed =
    compare?.kind === 'compare' ||
    items.some(({ tag }) => tag.kind === 'ask' && tag.ask === 'howLong') ||
    items.some(({ tag }) => tag.kind === 'waiting' || (tag.kind === 'metric' && tag.metric === 'latencyMs'));
  if (!timed || items.some(({ tag }) => tag.kind === 'filter' || tag.kind === 'aggregate')) return items;
  const value = above ? 100 - percent.tag.value : percent.tag.value;
  const aggregate: Item = { ...percent, tag: { kind: 'aggregate', aggregates: [`p${value}`] } };
  const rest = items.filter(
    (item) =>
      item !== percent &&
      item.tag.kind !== 'compare' &&
      !(item.tag.kind === 'ask' && item.tag.ask === 'share') &&
      !(item.tag.kind === 'order' && item.tag.metric === 'latencyMs' && item.tag.direction === 'asc'),
  );
  const measured = rest.some(({ tag }) => tag.kind === 'metric')
    ? []
    : [{ ...percent, tag: { kind: 'metric', metric: 'latencyMs' } as Tag }];
  return [...rest.slice(0, at), aggregate, ...measured, ...rest.slice(at)];
}

const COMPARABLE: Record<string, MetricName> = { ms: 'latencyMs', 'tokens/s': 'tokensPerSecond', attempts: 'attempts' };

/** "more than 100 output tokens", "latency > 1 s", "between 600 and 800 ms", "90 words or more". */
function limits(items: Item[]): Item[] {
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
    if (compare.op === 'between') {
      const joined = joint?.kind === 'joint' || (joint?.kind === 'compare' && joint.op === '<=');
      if (!joined || other?.tag.kind !== 'quantity') return null;
      bounds.push(other.tag);
      size += 2;
    }
    const effective = doubled ?? compare;
    return limit(items, at, size, bounds, effective.op, effective.metric ?? compare.metric ?? null, done);
  }
  if (compare?.kind !== 'quantity') return null;
  const range = items[at + 1]?.tag.kind === 'joint' && /^(-|to)$/.test(items[at + 1]?.words ?? '');
  const to = items[at + 2]?.tag;
  if (range && to?.kind === 'quantity' && to.unit !== null)
    return limit(items, at, 3, [compare, to], 'between', null, done);
  const named = items[at + 1]?.tag.kind === 'metric' ? 1 : 0;
  const after = items[at + 1 + named]?.tag;
  const exceeded =
    after?.kind === 'compare' &&
    /^(exceeded|surpassed|crossed|topped|passed|exceeding)$/.test(items[at + 1 + named]?.words ?? '');
  if (after?.kind !== 'compare' || !(after.after || exceeded)) return null;
  const beside = items[at + 1]?.tag;
  const metric = beside?.kind === 'metric' ? beside.metric : null;
  return limit(items, at, 2 + named, [compare], after.op, metric, done);
}

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
  else metric = implied === 'longest' ? null : implied;
  if (unit === 'ms' && metric === 'latencyMs' && mentions([...done, ...items.slice(at)], 'firstTokenMs'))
    metric = 'firstTokenMs';
  if (metric === null || unit === 'percent') return null;
  const field = asField(metric);
  if (field === null) return null;
  const values = bounds.map((bound) =>
    bound.unit === null && unit === 'ms' && bound.value < 60 && lastUnitIsSeconds(items, at, size)
      ? bound.value * 1000
      : bound.value,
  );
  const [low = 0, high = 0] = values;
  const where: Condition =
    op === 'between'
      ? { field, op, value: [Math.min(low, high), Math.max(low, high)] }
      : { field, op: op as '<', value: low };
  const parts = [...done.slice(done.length - back), ...items.slice(at, at + after)];
  return { item: merged({ kind: 'filter', where }, parts), before: back, after };
}

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

/** "the 503 one", "sub-second": a compare word that stands alone with its number further off is left as it is. */
function bareThresholds(items: Item[]): Item[] {
  return items.map((item) => {
    if (item.tag.kind !== 'quantity' || item.tag.unit !== 'attempts') return item;
    return { ...item, tag: { kind: 'filter', where: { field: 'attempts', op: '=', value: item.tag.value } } };
  });
}

const LISTING = new Set(['and', 'or', 'comma', 'slash']);

/** "not truncated", "without travel and hr", "neither a refusal nor empty", "not slower than 2 s". */
function negations(items: Item[]): Item[] {
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at] as Item;
    if (item.tag.kind !== 'negation' || item.tag.after) {
      out.push(item);
      continue;
    }
    let next = at + 1;
    while (isPassable(items[next]?.tag)) next += 1;
    const first = items[next];
    if (first?.tag.kind !== 'filter') {
      out.push(item);
      continue;
    }
    const excludes =
      item.tag.style === 'exclude' || /^(none|neither|free|carry|carries|have|has|with)/.test(item.words);
    const filters = [first];
    let end = next + 1;
    for (;;) {
      const joint = items[end]?.tag;
      const following = items[end + 1];
      const listed =
        joint?.kind === 'joint' &&
        LISTING.has(joint.joint) &&
        following?.tag.kind === 'filter' &&
        (following.tag.noun !== undefined) === (first.tag.noun !== undefined);
      const either = joint?.kind === 'joint' && joint.joint === 'or';
      if (!listed || !(excludes || either)) break;
      filters.push(following as Item);
      end += 2;
    }
    for (const filter of filters) {
      if (filter.tag.kind === 'filter')
        out.push(merged({ ...filter.tag, where: complementOf(filter.tag.where) }, [item, filter]));
    }
    at = end - 1;
  }
  return out;
}

const isPassable = (tag: Tag | undefined) =>
  tag?.kind === 'entity' ||
  tag?.kind === 'all' ||
  tag?.kind === 'waiting' ||
  (tag?.kind === 'cue' && tag.cue !== 'only') ||
  (tag?.kind === 'ask' && tag.ask === 'exists') ||
  (tag?.kind === 'reference' && tag.weak === true);

/** "travel excluded", "leaving finance aside". */
function negationsAfter(items: Item[]): Item[] {
  const out: Item[] = [];
  for (const item of items) {
    let target = out.length - 1;
    while (out[target]?.tag.kind === 'entity' || out[target]?.tag.kind === 'dimension') target -= 1;
    const filter = out[target];
    if (item.tag.kind === 'negation' && item.tag.after && filter?.tag.kind === 'filter') {
      const already =
        out[target - 1]?.tag.kind === 'negation' ||
        'not' in filter.tag.where ||
        /^(leav|tak|keep|put|set|without|exclud)/.test(filter.words);
      if (!already) out[target] = merged({ ...filter.tag, where: complementOf(filter.tag.where) }, [filter, item]);
    } else out.push(item);
  }
  return out;
}
