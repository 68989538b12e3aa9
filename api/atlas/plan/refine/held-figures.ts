import type { Item, MetricName, Tag } from '../../tags.js';
import { fieldOf } from '../conditions.js';

/** A figure of the run that stands in a question to be held against another one: an extreme, or one by its name. */
export interface Figure {
  item: Item;
  metric: MetricName | null;
  aggregate: string;
}

/**
 * "how much longer did the slowest take than the fastest", "the gap between p95 and the median", "the slowest is how
 * many times the average?": two figures of one metric, wherever they stand, and what is asked of them. Conditions stay
 * where they are and hold for both.
 */
export function heldFigures(items: Item[]): Item[] {
  const figures = figuresOf(items);
  const relation = relationOf(items, figures);
  const [one, other] = figures;
  if (relation?.tag.kind !== 'relation' || one === undefined || other === undefined || figures.length !== 2)
    return items;
  if (
    items.some(({ tag }) => OTHERWISE.has(tag.kind)) ||
    namesSides(items) ||
    ranksSeveral(items, figures) ||
    endsOfGroups(items, figures)
  )
    return items;
  const metric = metricOf(items, figures, relation);
  const aggregates = metric === null ? [] : aggregatesOf(items, figures, relation, metric);
  if (metric === null || new Set(aggregates).size !== aggregates.length || aggregates.length === 0) return items;
  const said = [...figures.map(({ item }) => item.from), relation.from];
  const rest = items.filter((item) => !said.includes(item.from) && !saysHow(item, items, figures));
  const from = items.indexOf(one.item);
  const at = rest.findIndex((item) => items.indexOf(item) > from);
  const held: Item[] = aggregates.map((aggregate) => tagged(one.item, { kind: 'aggregate', aggregates: [aggregate] }));
  const kept = aggregates.includes('range') ? [] : [relation];
  const place = at < 0 ? rest.length : at;
  return [
    ...rest.slice(0, place),
    ...kept,
    ...held,
    tagged(other.item, { kind: 'metric', metric }),
    ...rest.slice(place),
  ];
}

/** "the slowest is how many times the average", "twice the median": that, too, holds one against the other. */
function relationOf(items: readonly Item[], figures: readonly Figure[]): Item | undefined {
  const relation = items.find(({ tag }) => tag.kind === 'relation');
  if (relation) return relation;
  const apart = items.find((_, at) => setsApart(items, at, figures));
  if (apart) return tagged(apart, { kind: 'relation', relation: 'difference' });
  const times = items.find(({ tag, words }, at) => {
    const beside = figures.some(({ item }) => item === items[at + 1]);
    const counted = tag.kind === 'ask' && tag.ask === 'count' && words === 'how many times';
    return beside && (counted || (tag.kind === 'multiple' && !tag.by));
  });
  return times && tagged(times, { kind: 'relation', relation: 'ratio' });
}

const tagged = (item: Item, tag: Tag): Item => ({ ...item, tag });

/** "the time between the quickest and the slowest", "p95 minus p50", "how many words longer" */
function setsApart(items: readonly Item[], at: number, figures: readonly Figure[]): boolean {
  const [item, next, after] = [items[at], items[at + 1], items[at + 2]];
  if (item === undefined || !figures.some((figure) => figure.item === next || figure.item === after))
    return longerBy(items, at);
  const alike = new Set(figures.map((figure) => figure.item.tag.kind)).size === 1;
  const beside = figures.some((figure) => figure.item === next);
  if (item.tag.kind === 'compare' && item.tag.op === 'between') return beside && alike;
  return item.tag.kind === 'negation' && alike && /^(minus|subtract|subtracting|subtracted|deduct)$/.test(item.words);
}

/** "how many words longer" */
function longerBy(items: readonly Item[], at: number): boolean {
  const [ask, metric, longer] = [items[at]?.tag, items[at + 1]?.tag, items[at + 2]?.tag];
  const counts = ask?.kind === 'ask' && ask.ask === 'count' && metric?.kind === 'metric';
  return counts && longer?.kind === 'compare' && items[at + 3]?.tag.kind !== 'quantity';
}

/** Prompts are held against each other as such. */
const OTHERWISE = new Set<Tag['kind']>(['prompts', 'ordinal', 'pick', 'step', 'reference', 'association', 'outliers']);

/** "between the best and the worst category": the groups are held against each other, by figures of theirs. */
const endsOfGroups = (items: readonly Item[], figures: readonly Figure[]) =>
  figures.some(({ item }) => items[items.indexOf(item) + 1]?.tag.kind === 'dimension');

/** "the slowest answers that took twice the median" are a list. */
const ranksSeveral = (items: readonly Item[], figures: readonly Figure[]) =>
  figures.some(({ item: figure }) => {
    const at = items.indexOf(figure);
    const [before, next] = [items[at - 1]?.tag, items[at + 1]?.tag];
    const plural = next?.kind === 'entity' && next.plural && !endsBoth(figures);
    return figure.tag.kind === 'order' && (before?.kind === 'quantity' || plural);
  });

/** "how far apart are the fastest and slowest answers": one of each is meant. */
const endsBoth = (figures: readonly Figure[]) => figures.every(({ item }) => item.tag.kind === 'order');

/** Two groups are held against each other, each with its own figure. */
function namesSides(items: readonly Item[]): boolean {
  const groups = items.flatMap(({ tag }) =>
    tag.kind === 'filter' && fieldOf(tag.where) === 'category' ? [tag.where] : [],
  );
  const recalled = items.some(({ tag }) => tag.kind === 'filter' && tag.recalled);
  return recalled || new Set(groups.map((where) => JSON.stringify(where))).size > 1;
}

function figuresOf(items: readonly Item[]): Figure[] {
  return items.flatMap((item, at): Figure[] => {
    const { tag } = item;
    if (tag.kind === 'order' && !tag.all && !tag.weak && !ranksGap(items, at))
      return [{ item, metric: tag.metric, aggregate: tag.direction }];
    if (tag.kind === 'aggregate' && !tag.weak && !/^(on|in|at|by|as) /.test(item.words))
      return tag.aggregates
        .flatMap((each) => (each === 'range' ? endsNamed(item) : [each]))
        .map((aggregate) => ({ item, metric: endMetric(item), aggregate }));
    return [];
  });
}

/** "ratio of slowest to fastest": two ends, where the words alone would be a range. */
const endsNamed = ({ words }: Item) =>
  /^(fast|quick|short|min|low)\w* /.test(words) ? ['min', 'max'] : ['max', 'min'];

const endMetric = ({ tag, words }: Item): MetricName | null =>
  tag.kind === 'aggregate' && tag.aggregates.includes('range') && /slow|fast|quick/.test(words) ? 'latencyMs' : null;

/** "which category has the biggest gap between …" */
const ranksGap = (items: readonly Item[], at: number) => items[at + 1]?.tag.kind === 'relation';

/** What both are figures of; null where they are of different things, or it is not said. */
function metricOf(items: readonly Item[], figures: readonly Figure[], relation: Item): MetricName | null {
  const named = [...new Set(items.flatMap(({ tag }) => (tag.kind === 'metric' ? [tag.metric] : [])))];
  const implied = [...new Set(figures.flatMap(({ metric }) => (metric === null ? [] : [metric])))];
  if (named.length > 1) return null;
  const [metric] = named;
  if (metric !== undefined) {
    if (!implied.every((each) => goesWith(each, metric))) return null;
    const written = implied.some((each) => each === 'length' || each === 'longest');
    return metric === 'tokens' && written ? 'outputTokens' : metric;
  }
  const ranked = figures.some(({ aggregate }) => /^p\d/.test(aggregate));
  if (implied.length === 0)
    return ranked || /slow|fast|quick|long|time|second|\bms\b/.test(relation.words) ? 'latencyMs' : null;
  if (implied.includes('length') && implied.every((each) => each === 'length' || each === 'longest')) return 'length';
  const [only = null, ...more] = implied.length > 1 ? implied.filter((each) => each !== 'latencyMs') : implied;
  return more.length > 0 ? null : only;
}

const TIMES = /^(latencyMs|firstTokenMs|tokensPerSecond|speed)$/;
const SIZES = /^(outputTokens|inputTokens|totalTokens|tokens|length|text|words|characters)$/;

/** "slowest" by the first token, "longest" in words; the tokens of the slowest are no extreme of theirs. */
function goesWith(implied: MetricName, metric: MetricName): boolean {
  if (implied === metric) return true;
  if (implied === 'latencyMs') return TIMES.test(metric);
  if (implied === 'length') return SIZES.test(metric);
  return implied === 'longest' && (SIZES.test(metric) || metric === 'latencyMs' || metric === 'firstTokenMs');
}

/** The larger one first where it is asked how many times it is the other; both ends also make a range. */
function aggregatesOf(
  items: readonly Item[],
  figures: readonly Figure[],
  { tag, words }: Item,
  metric: MetricName,
): string[] {
  const named = figures.map((figure) => aggregateOf(figure, metric));
  if (named.includes(null)) return [];
  const aggregates = named as string[];
  const difference = tag.kind === 'relation' && tag.relation === 'difference';
  if (difference && aggregates.includes('min') && aggregates.includes('max')) {
    const grouped = items.some(({ tag }) => tag.kind === 'dimension' && !named.includes(null));
    return grouped ? ['range'] : ['range', 'min', 'max'];
  }
  const comparative = /times|factor|fold/.test(words);
  return comparative ? [...aggregates].sort((a, b) => sizeOf(b) - sizeOf(a)) : aggregates;
}

function aggregateOf({ item: { tag }, metric, aggregate }: Figure, measured: MetricName): string | null {
  if (tag.kind !== 'order') return aggregate;
  const speed = measured === 'tokensPerSecond' || measured === 'speed';
  if (aggregate === 'best' || aggregate === 'worst') {
    const timed = measured === 'latencyMs' || measured === 'firstTokenMs';
    if (!speed && !timed) return null;
    return (aggregate === 'best') === speed ? 'max' : 'min';
  }
  const turned = speed && metric === 'latencyMs';
  return (aggregate === 'desc') !== turned ? 'max' : 'min';
}

/** Smallest first. */
function sizeOf(aggregate: string): number {
  if (aggregate === 'min') return 0;
  if (aggregate === 'max') return 100;
  return Number(/^p([\d.]+)$/.exec(aggregate)?.[1] ?? 50);
}

/** What the two figures and their relation make superfluous: how they were joined and named. */
function saysHow({ tag }: Item, items: readonly Item[], figures: readonly Figure[]): boolean {
  const at = (item: Item | undefined) => (item === undefined ? -1 : items.indexOf(item));
  const [from, to] = [at(figures[0]?.item), at(figures.at(-1)?.item)];
  const index = items.findIndex((item) => item.tag === tag);
  if (tag.kind === 'joint') return index > from && index < to && tag.joint !== 'stop';
  if (tag.kind === 'compare') return items[index + 1]?.tag.kind !== 'quantity';
  return (
    tag.kind === 'versus' ||
    tag.kind === 'metric' ||
    tag.kind === 'waiting' ||
    (tag.kind === 'ask' && tag.ask !== 'which')
  );
}
