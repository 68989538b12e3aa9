import type { Condition, Goal, Measure } from '../plan.js';
import { excludeEachOther, fieldOf } from './conditions.js';
import type { Draft, GoalReader } from './draft.js';
import { type Frame, isPlural, mentionsEntity } from './frame.js';
import { defaultAggregates, groupAggregate, resolveMetric } from './metrics.js';
import { orderingOf } from './orders.js';
import { readComparison } from './sides.js';

/** In this order: the first reading that accounts for everything in the clause is the one. */
export const GOAL_READERS: readonly GoalReader[] = [
  readHelp,
  readFile,
  readSummary,
  readFact,
  readOutliers,
  readAssociation,
  readReason,
  readComparison,
  readChart,
  readGrouped,
  readRank,
  readStatistic,
  readShare,
  readCountEach,
  readRows,
];

function readHelp(frame: Frame): Draft | null {
  return frame.has.has('help') ? { goal: { goal: 'help' }, uses: ['help', 'ask', 'metric', 'dimension'] } : null;
}

function readFile(frame: Frame): Draft | null {
  const formats = [...new Set(frame.exports.filter((format) => format !== null))];
  const asked =
    formats.length > 0 ||
    frame.has.has('raw') ||
    (frame.has.has('download') && (frame.has.has('all') || mentionsEntity(frame, 'run') || isPlural(frame)));
  if (!asked || formats.length > 1) return null;
  if (frame.has.has('filter') || frame.has.has('order')) return null;
  return {
    goal: { goal: 'export', format: formats[0] ?? 'csv' },
    uses: ['export', 'download', 'raw', 'summary', 'chart'],
  };
}

function readSummary(frame: Frame): Draft | null {
  if (!frame.has.has('summary')) return null;
  return frame.has.has('filter') ? null : { goal: { goal: 'summary' }, uses: ['summary', 'dimension'] };
}

function readFact(frame: Frame): Draft | null {
  const [fact, ...more] = frame.facts;
  return fact === undefined || more.length > 0 ? null : { goal: { goal: 'fact', fact }, uses: ['fact'] };
}

function readOutliers(frame: Frame): Draft | null {
  if (!frame.has.has('outliers') || frame.metrics.length > 1) return null;
  const metric = resolveMetric(frame.metrics[0] ?? 'latencyMs', frame)?.metric;
  return metric === undefined
    ? null
    : { goal: { goal: 'outliers', metric }, uses: ['outliers', 'metric', 'filter', 'chart'] };
}

function readAssociation(frame: Frame): Draft | null {
  const [x, y] = frame.metrics.map((metric) => resolveMetric(metric, frame)?.metric);
  if (!frame.has.has('association') || x === undefined || y === undefined || frame.metrics.length > 2) return null;
  return { goal: { goal: 'association', metrics: [x, y] }, uses: ['association', 'metric', 'filter', 'chart'] };
}

/** A why-question about named prompts gets their facts, never a cause. */
function readReason(frame: Frame, where: Condition[]): Draft | null {
  const named = where.some((condition) => fieldOf(condition) === 'number');
  return frame.has.has('why') && named
    ? { goal: { goal: 'list', limit: null }, uses: ['why', 'filter', 'prompts', 'metric', 'order'] }
    : null;
}

function readChart(frame: Frame): Draft | null {
  if (!frame.has.has('chart') || namesSpread(frame)) return null;
  const asked = frame.charts.find((chart) => chart !== null) ?? null;
  const bars = asked === 'bar' || (asked === null && (frame.perEntity || frame.has.has('each')));
  if (frame.by.length > 0 || frame.dimensions.length > 0) return chartByGroup(frame);
  const named =
    frame.metrics.length > 1
      ? frame.metrics.filter((metric) => metric !== 'length' && metric !== 'tokens')
      : frame.metrics;
  const takesTime = named.length === 0 && frame.asks.includes('howLong') ? 'latencyMs' : undefined;
  const [name = takesTime, ...more] = named;
  if (name === undefined || more.length > 0) return null;
  const resolved = resolveMetric(name, frame);
  if (resolved === null) return null;
  const goal: Goal = bars ? { goal: 'bars', metric: resolved.metric } : { goal: 'histogram', metric: resolved.metric };
  const drawn = frame.aggregates.length === 0 || bars === false;
  return drawn
    ? {
        goal,
        uses: ['chart', 'metric', 'filter', ...(bars ? [] : (['aggregate'] as const))],
        assumptions: [resolved.assumption],
      }
    : null;
}

/** "How spread out is it? Interquartile range please": the figure is what is asked, the picture comes with it. */
const namesSpread = (frame: Frame) =>
  frame.aggregates.length > 0 && frame.aggregates.every((each) => ['iqr', 'stddev', 'range'].includes(each));

function chartByGroup(frame: Frame): Draft | null {
  const grouped = readGrouped(frame);
  return grouped && { ...grouped, uses: [...grouped.uses, 'chart'], chart: 'bar' };
}

function readGrouped(frame: Frame): Draft | null {
  const asked = frame.dimensions.find((dimension) => dimension.by === 'category') ?? frame.dimensions[0];
  const by = frame.by[0] ?? asked?.by;
  if (by === undefined || frame.by.length > 1) return null;
  const picks = frame.by.length === 0;
  const uses: Draft['uses'] = [
    'versus',
    'prompts',
    'dimension',
    'by',
    'metric',
    'aggregate',
    'order',
    'compare',
    'filter',
    'ordinal',
    'relation',
  ];
  const rank = frame.ordinals[0] ?? null;
  if (frame.quantities.length > 0 || (frame.prompts.length > 0 && frame.metrics.length > 0)) return null;
  if (frame.asks.includes('share') || frame.has.has('relation'))
    return frame.has.has('relation') ? null : groupedShare(frame, by, rank, uses);
  if (frame.by.length === 0 && ranksOnePrompt(frame)) return null;
  const ordering = groupOrdering(frame);
  if (ordering === undefined) return null;
  const ends = endOfEach(frame);
  const pick = ordering === null || ends ? null : ordering.direction === 'desc' ? 'max' : 'min';
  const name = ordering?.metric ?? frame.metrics[0] ?? null;
  if (name === null && frame.has.has('versus')) return null;
  if (name === null) {
    const single =
      picks &&
      asked?.plural !== true &&
      frame.has.has('filter') &&
      (frame.asks.includes('which') || frame.asks.includes('where'));
    const states = by !== 'category' && !frame.has.has('filter') && frame.prompts.length === 0;
    const where: Condition[] | undefined =
      states && by === 'error.type'
        ? [{ field: 'failed', op: '=', value: true }]
        : states && by === 'finishReason'
          ? [{ field: 'status', op: '=', value: 'ok' }]
          : undefined;
    if (frame.aggregates.length > 0 && !frame.aggregates.every((aggregate) => aggregate === 'sum')) return null;
    return {
      goal: { goal: 'groupedCount', by, pick: pick ?? (single ? 'max' : null), rank },
      uses,
      ...(where ? { where } : {}),
    };
  }
  if (frame.metrics.length > 2) return null;
  const resolved = resolveMetric(name, frame);
  if (resolved === null) return null;
  const end = ends && ordering !== null ? [ordering.direction === 'desc' ? 'max' : 'min'] : null;
  const aggregates = end ?? (frame.aggregates.length > 0 ? frame.aggregates : [groupAggregate(resolved.metric, frame)]);
  const more = frame.metrics
    .slice(1)
    .map((metric) => resolveMetric(metric, frame)?.metric)
    .filter((metric) => metric !== undefined);
  const measures: Measure[] = [
    resolved.metric,
    ...(pick === null ? more.filter((metric) => metric !== resolved.metric) : []),
  ].flatMap((metric) => aggregates.map((aggregate) => ({ metric, aggregate })));
  return { goal: { goal: 'grouped', by, measures, pick, rank }, uses, assumptions: [resolved.assumption] };
}

/** "the category of the slowest prompt": a prompt is ranked, not the categories. */
function ranksOnePrompt(frame: Frame): boolean {
  return frame.items.some(({ tag }, at) => {
    const next = frame.items[at + 1]?.tag;
    return tag.kind === 'order' && next?.kind === 'entity' && next.entity !== 'run' && !next.plural;
  });
}

/** "the slowest prompt of each category": every group's own extreme. */
const endOfEach = (frame: Frame) =>
  frame.by.length > 0 &&
  frame.aggregates.length === 0 &&
  frame.orders.some((order) => order.metric !== null && !order.all) &&
  (frame.orders.some((order) => order.metric === 'length') ||
    frame.entities.some(({ entity, plural }) => entity !== 'run' && !plural));

function groupedShare(
  frame: Frame,
  by: NonNullable<Frame['by'][0]>,
  rank: number | null,
  uses: Draft['uses'],
): Draft | null {
  if (frame.metrics.length > 0 || frame.aggregates.length > 0 || !frame.has.has('filter')) return null;
  const order = frame.orders[0] ?? frame.compares[0];
  const down = order !== undefined && ('direction' in order ? order.direction === 'asc' : order.op === '<');
  return { goal: { goal: 'groupedShare', by, pick: order === undefined ? null : down ? 'min' : 'max', rank }, uses };
}

/** What decides between the groups: a superlative, or a comparative ("which category is faster?"). */
function groupOrdering(
  frame: Frame,
): { metric: Frame['metrics'][0] | null; direction: 'asc' | 'desc' } | null | undefined {
  if (frame.orders.length > 0) {
    const longest = frame.orders.find((order) => order.metric === 'longest');
    if (longest && frame.metrics.length === 0 && !frame.has.has('waiting'))
      return { metric: 'length', direction: longest.direction === 'asc' ? 'asc' : 'desc' };
    const ordering = orderingOf(frame);
    if (ordering === null) return undefined;
    return ordering.metric === null
      ? ordering
      : { metric: frame.metrics[0] ?? ordering.metric, direction: ordering.direction };
  }
  const compare = frame.compares[0];
  if (compare === undefined) return null;
  return {
    metric: frame.metrics[0] ?? compare.metric ?? null,
    direction: compare.op === '<' || compare.op === '<=' ? 'asc' : 'desc',
  };
}

function readRank(frame: Frame): Draft | null {
  if (frame.orders.length === 0 || frame.aggregates.some((aggregate) => aggregate !== 'max' && aggregate !== 'min'))
    return null;
  const ordering = orderingOf(frame);
  if (ordering?.metric == null || frame.metrics.length > 2) return null;
  const [quantity, ...more] = frame.quantities;
  if (
    more.length > 0 ||
    (quantity && (quantity.unit !== null || !Number.isInteger(quantity.value) || quantity.value < 1))
  )
    return null;
  const rank = frame.ordinals[0] ?? null;
  const sorted = ordering.all && !frame.has.has('prompts');
  const plural =
    (isPlural(frame) && !frame.items.some(({ tag }) => 'one' in tag && tag.one === true)) ||
    frame.orders.some((order) => order.plural) ||
    frame.items.some(
      ({ tag, words }) =>
        tag.kind === 'order' &&
        /(s|ers|hogs|ones)$/.test(words) &&
        /(ones|offenders|laggards|slowpokes|stragglers|hogs|responses|replies|answers|outputs|prompts|requests|consumers|performers|latencies|times|bottlenecks|users)$/.test(
          words,
        ),
    );
  const limit = rank !== null ? 1 : (quantity?.value ?? (sorted ? null : plural && !frame.has.has('ordinal') ? 3 : 1));
  return {
    goal: { goal: 'rank', metric: ordering.metric, direction: ordering.direction, limit, rank },
    uses: ['order', 'metric', 'quantity', 'ordinal', 'filter', 'prompts', 'chart', 'aggregate', 'dimension'],
    assumptions: [ordering.assumption],
  };
}

function readStatistic(frame: Frame, where: Condition[]): Draft | null {
  if (frame.has.has('order') || frame.has.has('quantity') || frame.has.has('dimension')) return null;
  const counts = frame.asks.includes('count');
  const names =
    frame.metrics.length > 1
      ? frame.metrics.filter((metric) => metric !== 'tokens' && metric !== 'length')
      : [...frame.metrics];
  const [spread] = frame.aggregates;
  if (names.length === 0 && (spread === 'stddev' || spread === 'range' || /^p\d/.test(spread ?? '')))
    names.push('latencyMs');
  if (names.length === 0 && frame.asks.includes('howLong')) names.push('latencyMs');
  if (names.length === 0 && frame.aggregates.length > 0 && frame.has.has('waiting')) names.push('latencyMs');
  if (names.length === 0 || frame.asks.includes('share')) return null;
  const resolved = names.map((name) => resolveMetric(name, frame));
  const single = where.some(
    (condition) =>
      fieldOf(condition) === 'number' &&
      'value' in condition &&
      (!Array.isArray(condition.value) || condition.value.length === 1),
  );
  const measures = resolved.flatMap((each): Measure[] => {
    if (each === null) return [];
    const aggregates =
      frame.aggregates.length > 0
        ? frame.aggregates
        : counts && !frame.perEntity
          ? ['sum']
          : frame.perEntity
            ? ['mean']
            : defaultAggregates(each.metric, single);
    const summable = aggregates.filter((aggregate) => aggregate !== 'sum' || each.metric !== 'tokensPerSecond');
    return summable.map((aggregate) => ({ metric: each.metric, aggregate }));
  });
  if (measures.length === 0 || resolved.includes(null)) return null;
  const relation = frame.relations[0] ?? null;
  const paired = measures.length === 2 && (frame.aggregates.length === 2 || names.length === 2);
  return {
    goal: { goal: 'statistic', measures, relation: paired ? relation : null },
    uses: [
      'metric',
      'aggregate',
      'filter',
      'prompts',
      'summary',
      ...(namesSpread(frame) ? (['chart'] as const) : []),
      ...(paired ? (['relation', 'versus'] as const) : []),
    ],
    assumptions: resolved.map((each) => each?.assumption ?? null),
  };
}

/** "What percent of the code prompts failed" is of the code prompts; "… of all requests" is of all. */
function readShare(frame: Frame, where: Condition[]): Draft | null {
  if (!frame.asks.includes('share') || frame.metrics.length > 0 || where.length === 0) return null;
  if (frame.aggregates.some((aggregate) => aggregate !== 'sum')) return null;
  const uses: Draft['uses'] = ['filter', 'aggregate', 'prompts'];
  if (where.length === 1 || sharesOfAll(frame)) return { goal: { goal: 'share', of: [] }, uses };
  const population = populationOf(frame);
  return { goal: { goal: 'share', of: population }, uses };
}

/** "of all requests"; "of all errors" is of the errors. */
const sharesOfAll = (frame: Frame) =>
  frame.items.some(({ tag }, at) => tag.kind === 'all' && frame.items[at + 1]?.tag.kind !== 'filter');

function populationOf(frame: Frame): Condition[] {
  const share = frame.items.findIndex(({ tag }) => tag.kind === 'ask' && tag.ask === 'share');
  const filters = frame.items.slice(share + 1).filter(({ tag }) => tag.kind === 'filter');
  const named = frame.items
    .slice(0, Math.max(share, 0))
    .flatMap(({ tag }) => (tag.kind === 'filter' ? [tag.where] : []));
  const rateOf =
    frame.items[share - 1]?.to === frame.items[share]?.from && frame.items[share - 1]?.tag.kind === 'filter';
  if (named.length > 0 && filters.length > 0 && !rateOf) return named;
  const [first] = filters;
  const words = frame.items[share]?.words ?? '';
  const directly = first !== undefined && /\bof$/.test(words) && !['truncated'].includes(words);
  const categories = frame.narrowings.filter(({ where }) => fieldOf(where) === 'category').map(({ where }) => where);
  if (categories.length > 0 && categories.length < frame.narrowings.length) {
    if (directly && first.tag.kind === 'filter' && fieldOf(first.tag.where) !== 'category') return [first.tag.where];
    return categories;
  }
  return directly && first.tag.kind === 'filter' ? [first.tag.where] : [];
}

/** "How many refusals and how many timeouts", "truncated / refused / empty counts": a number for each. */
function readCountEach(frame: Frame): Draft | null {
  const each = frame.narrowings.filter(({ where }) => fieldOf(where) !== 'category');
  const plain = each.every(({ where }) => 'field' in where && where.value !== false && where.value !== 'ok');
  if (!frame.asks.includes('count') && !frame.has.has('versus')) return null;
  if (each.length < 2 || frame.has.has('metric') || frame.has.has('quantity') || frame.has.has('order')) return null;
  const [first, ...rest] = each;
  const listed = rest.every(
    ({ joint }) => joint === 'slash' || joint === 'comma' || joint === 'versus' || joint === 'and',
  );
  const exclusive = first !== undefined && rest.every(({ where }) => excludeEachOther(first.where, where));
  const apart =
    (plain && rest.some(({ joint }) => joint === 'slash' || joint === 'comma')) ||
    rest.some(({ joint }) => joint === 'versus') ||
    frame.has.has('each');
  if (!listed || !(exclusive || apart)) return null;
  const common = frame.narrowings.filter((narrowing) => !each.includes(narrowing)).map(({ where }) => where);
  const sides = each.map(({ where }) => ({ label: '', where: [...common, where], measure: null, group: null }));
  if (countsAll(frame)) sides.unshift({ label: 'prompts', where: common, measure: null, group: null });
  return { goal: { goal: 'countEach', sides }, uses: ['filter', 'aggregate', 'versus'], where: [] };
}

/** "number of prompts, failures and refusals": the prompts are counted too. */
function countsAll(frame: Frame): boolean {
  const at = frame.items.findIndex(({ tag }) => tag.kind === 'entity' && tag.entity === 'prompt');
  const after = frame.items[at + 1]?.tag;
  return at > 0 && frame.items[at - 1]?.tag.kind === 'ask' && after?.kind === 'joint' && after.joint === 'comma';
}

function readRows(frame: Frame, where: Condition[]): Draft | null {
  if (frame.has.has('metric') || frame.has.has('order') || frame.has.has('compare') || frame.by.length > 0) return null;
  const asks = frame.asks;
  const uses: Draft['uses'] = ['filter', 'prompts', 'aggregate', 'pick', 'quantity'];
  if (frame.aggregates.some((aggregate) => aggregate !== 'sum') || frame.has.has('relation')) return null;
  const [quantity] = frame.quantities;
  if (quantity !== undefined) return null;
  if (asks.includes('count') && !asks.includes('which')) {
    const counted =
      where.length > 0 ||
      frame.entities.some(({ entity, plural }) => entity === 'run' || plural === true) ||
      frame.has.has('all');
    return counted ? { goal: { goal: 'count' }, uses } : null;
  }
  const recalled = frame.items.some(({ tag }) => tag.kind === 'filter' && tag.recalled);
  if (recalled && asks.length === 0 && frame.entities.length === 0 && !frame.has.has('why')) return null;
  const [pick] = frame.picks;
  const limit = pick === undefined ? null : { count: pick.count ?? 1, from: pick.from };
  const everything =
    where.length === 0 && (asks.includes('list') || asks.includes('show')) && (isPlural(frame) || frame.has.has('all'));
  if (where.length === 0 && !everything && limit === null) return null;
  return { goal: { goal: 'list', limit }, uses };
}
