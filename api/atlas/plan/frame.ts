import type { ExportFormat } from '../../contract/limits.js';
import type { Condition, Dimension, Fact } from '../plan.js';
import type { Item, MetricName, Tag } from '../tags.js';

type Of<K extends Tag['kind']> = Extract<Tag, { kind: K }>;
export type Joint = Of<'joint'>['joint'];

/** A condition and what joins it to the one before. */
export interface Narrowing {
  where: Condition;
  joint: Joint | 'versus' | null;
  noun: boolean;
  loose: boolean;
  from: number;
}

/** One clause, its meanings sorted by what they are for. The words' order is kept only where it matters. */
export interface Frame {
  items: Item[];
  asks: Of<'ask'>['ask'][];
  aggregates: string[];
  /** "altogether", "taken together": a sum where nothing else is asked for. */
  weakAggregates: string[];
  metrics: MetricName[];
  orders: Of<'order'>[];
  compares: Of<'compare'>[];
  narrowings: Narrowing[];
  prompts: number[][];
  quantities: Of<'quantity'>[];
  ordinals: number[];
  by: Dimension[];
  /** "per prompt", "each response". */
  perEntity: boolean;
  dimensions: Of<'dimension'>[];
  entities: Of<'entity'>[];
  charts: Of<'chart'>['chart'][];
  exports: (ExportFormat | null)[];
  facts: Fact[];
  references: Of<'reference'>[];
  picks: Of<'pick'>[];
  relations: Of<'relation'>['relation'][];
  cues: Of<'cue'>['cue'][];
  has: Set<Tag['kind']>;
  from: number;
  to: number;
}

export function frameOf(items: readonly Item[]): Frame {
  const frame: Frame = {
    items: [...items],
    asks: [],
    aggregates: [],
    weakAggregates: [],
    metrics: [],
    orders: [],
    compares: [],
    narrowings: [],
    prompts: [],
    quantities: [],
    ordinals: [],
    by: [],
    perEntity: false,
    dimensions: [],
    entities: [],
    charts: [],
    exports: [],
    facts: [],
    references: [],
    picks: [],
    relations: [],
    cues: [],
    has: new Set(),
    from: Math.min(...items.map((item) => item.from)),
    to: Math.max(...items.map((item) => item.to)),
  };
  let joint: Narrowing['joint'] = null;
  items.forEach((item, at) => {
    joint = sort(frame, item, items[at + 1], items[at - 1], joint);
  });
  const measures = frame.metrics.length > 0 || (frame.asks.includes('howLong') && !frame.has.has('fact'));
  if (frame.aggregates.length === 0 && measures) frame.aggregates.push(...frame.weakAggregates);
  return frame;
}

function sort(
  frame: Frame,
  item: Item,
  next: Item | undefined,
  previous: Item | undefined,
  joint: Narrowing['joint'],
): Narrowing['joint'] {
  const { tag } = item;
  if (tag.kind !== 'by' && !(tag.kind === 'aggregate' && tag.weak)) frame.has.add(tag.kind);
  switch (tag.kind) {
    case 'joint':
      return tag.joint;
    case 'versus':
      return 'versus';
    case 'ask':
      frame.asks.push(tag.ask);
      break;
    case 'aggregate':
      if (tag.weak) frame.weakAggregates.push(...tag.aggregates.filter((each) => !frame.weakAggregates.includes(each)));
      else frame.aggregates.push(...tag.aggregates.filter((each) => !frame.aggregates.includes(each)));
      break;
    case 'metric':
      if (!frame.metrics.includes(tag.metric)) frame.metrics.push(tag.metric);
      break;
    case 'order':
      frame.orders.push(tag);
      break;
    case 'compare':
      frame.compares.push(tag);
      return /\bthan$/.test(item.words) ? 'versus' : joint;
    case 'filter':
      frame.narrowings.push({
        where: tag.where,
        joint,
        noun: tag.noun ?? false,
        loose: tag.loose ?? false,
        from: item.from,
      });
      return null;
    case 'prompts':
      frame.prompts.push(tag.numbers);
      if (/\b(vs|versus|against)\b/.test(item.words)) frame.has.add('versus');
      break;
    case 'quantity':
      frame.quantities.push(tag);
      break;
    case 'ordinal':
      frame.ordinals.push(tag.value);
      break;
    case 'by':
      sortBy(frame, item, next, previous);
      break;
    case 'dimension':
      if (previous?.tag.kind !== 'by' && !tag.each) frame.dimensions.push(tag);
      if (tag.each && !frame.by.includes(tag.by)) frame.by.push(tag.by);
      break;
    case 'entity':
      frame.entities.push(tag);
      break;
    case 'chart':
      frame.charts.push(tag.chart);
      break;
    case 'export':
      frame.exports.push(tag.format);
      break;
    case 'fact':
      frame.facts.push(tag.fact);
      break;
    case 'reference':
      frame.references.push(tag);
      break;
    case 'pick':
      frame.picks.push(tag);
      break;
    case 'relation':
      frame.relations.push(tag.relation);
      break;
    case 'cue':
      frame.cues.push(tag.cue);
      break;
    default:
  }
  return joint;
}

/** "by category", "per prompt". A "by" before anything else is a preposition: "by latency". */
function sortBy(frame: Frame, item: Item, next: Item | undefined, previous: Item | undefined): void {
  const names = next?.tag.kind === 'dimension' || next?.tag.kind === 'entity';
  if (!names && /different|various/.test(item.words)) frame.has.add('unknown');
  if (next?.tag.kind === 'metric' && frame.metrics.length > 0 && frame.orders.length === 0) frame.has.add('unknown');
  // "for each failed one": what is told for each of them is not read here.
  if (next?.tag.kind === 'filter' && /\b(each|every|per)$/.test(item.words)) frame.has.add('unknown');
  if (next?.tag.kind === 'dimension') {
    if (!frame.by.includes(next.tag.by)) frame.by.push(next.tag.by);
  } else if (next?.tag.kind === 'entity' && next.tag.entity !== 'run') frame.perEntity ||= !isOverAll(item, next.tag);
  else if (next === undefined && /\beach$/.test(item.words)) {
    frame.has.add('each');
    if (/^(how many|counts?)\b/.test(item.words)) frame.asks.push('count');
  } else if (!countsEvery(previous) && /\b(each|every|per)$/.test(item.words)) frame.has.add('unknown');
}

/** "for all prompts", "across the answers": over all of them together. */
const isOverAll = ({ words }: Item, { plural }: Of<'entity'>) =>
  plural === true && /^(for all|across|over)\b/.test(words);

/** "count each try", "count each: truncated, empty": nothing is grouped. */
const countsEvery = (item: Item | undefined) => item?.tag.kind === 'ask' && item.tag.ask === 'count';

export const whereOf = (frame: Frame): Condition[] => frame.narrowings.map(({ where }) => where);
export const mentionsEntity = (frame: Frame, entity: Of<'entity'>['entity']) =>
  frame.entities.some((each) => each.entity === entity);

/**
 * "the slowest prompts", "which prompts took …": several are asked for. In "among the answers, which is longest?" the
 * plural is what they are picked from.
 */
export function isPlural(frame: Frame): boolean {
  const which = frame.items.findIndex(({ tag }) => tag.kind === 'ask' && (tag.ask === 'which' || tag.ask === 'where'));
  return frame.items.some(({ tag, words }, at) => {
    if (tag.kind === 'ask' && asksForSeveral(tag.ask, words)) return true;
    if (tag.kind !== 'entity' || !tag.plural || tag.entity === 'run') return false;
    const before = frame.items[at - 1];
    const pickedFrom = before?.tag.kind === 'all' && /^(from|of|among|amongst|out of|across)\b/.test(before.words);
    return !pickedFrom && before?.tag.kind !== 'reference' && (which < 0 || at > which);
  });
}

/** "for which prompts", "which ones": the plural stands in the question word. */
const asksForSeveral = (ask: Of<'ask'>['ask'], words: string) =>
  (ask === 'where' || ask === 'which') &&
  /\b(which|what) (ones|prompts|requests|questions|responses|answers|replies)$/.test(words);
