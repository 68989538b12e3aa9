import type { Condition, Goal, Measure } from '../../plan.js';
import type { MetricName } from '../../tags.js';
import { fieldOf } from '../conditions.js';
import { type Frame, isPlural, mentionsEntity } from '../frame.js';
import { readAgainstFigure } from './against-figure.js';
import { readCountEach, readRows, readShare } from './counts.js';
import type { Draft, GoalReader } from './draft.js';
import { readGrouped } from './groups.js';
import { defaultAggregates, resolveMetric } from './metrics.js';
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
  readAgainstFigure,
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
    frame.items.some(({ tag, words }) => tag.kind === 'download' && EVERYTHING.test(words)) ||
    (frame.has.has('download') && (frame.has.has('all') || mentionsEntity(frame, 'run') || isPlural(frame)));
  if (!asked || formats.length > 1) return null;
  if (frame.has.has('filter') || frame.has.has('order')) return null;
  return {
    goal: { goal: 'export', format: formats[0] ?? 'csv' },
    uses: ['export', 'download', 'raw', 'summary', 'chart'],
  };
}

/** "export the data" */
const EVERYTHING = /\b(everything|all|the (data|results|rows|whole thing|lot))\b/;

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

/** A why-question about named prompts gets their facts, one about failures their kinds; never a cause. */
function readReason(frame: Frame, where: Condition[]): Draft | null {
  const named = where.some((condition) => fieldOf(condition) === 'number');
  if (frame.has.has('why') && !named && where.some(isFailure) && !asksOfUnnamed(frame))
    return { goal: { goal: 'groupedCount', by: 'error.type', pick: null, rank: null }, uses: ['why', 'filter'] };
  return frame.has.has('why') && named
    ? { goal: { goal: 'list', limit: null }, uses: ['why', 'filter', 'prompts', 'metric', 'order', 'dimension'] }
    : null;
}

/** "why did it fail?" where it is not known what "it" is; in "the ones that failed" the pronoun points at none. */
const asksOfUnnamed = (frame: Frame) =>
  frame.items.some(({ tag }, at) => {
    const before = frame.items[at - 1]?.tag.kind;
    return tag.kind === 'reference' && tag.number === 'one' && before !== 'entity' && before !== 'filter';
  });

const isFailure = (condition: Condition) =>
  'field' in condition &&
  ((condition.field === 'failed' && condition.value === true) ||
    (condition.field === 'status' && (condition.value === 'error' || condition.value === 'timeout')));

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

function readRank(frame: Frame): Draft | null {
  if (frame.orders.length === 0 || frame.aggregates.some((aggregate) => aggregate !== 'max' && aggregate !== 'min'))
    return null;
  if (frame.asks.includes('count') && frame.metrics.length === 0 && isPlural(frame)) return null;
  // "worst latency of each": of which groups is not said.
  if (frame.items.some(({ tag, words }) => tag.kind === 'by' && /\beach$/.test(words)) && !frame.perEntity) return null;
  const ordering = orderingOf(frame);
  if (ordering?.metric == null || frame.metrics.length > 2) return null;
  const [quantity, ...more] = frame.quantities;
  if (
    more.length > 0 ||
    (quantity && (quantity.unit !== null || !Number.isInteger(quantity.value) || quantity.value < 1))
  )
    return null;
  const [rank = null, ...ranks] = frame.ordinals;
  // "the slowest and the second slowest": one of them would be lost.
  if (ranks.length > 0 || (rank !== null && frame.orders.length > 1)) return null;
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

const lists = (frame: Frame) => frame.items.some(({ tag }) => tag.kind === 'joint' && tag.joint !== 'stop');

/** "length in words", "tokens per prompt, input and output": the plainer name says which. */
function named(metrics: readonly MetricName[]): MetricName[] {
  const tokens = metrics.some((metric) => /okens$|^tokensPerSecond$/.test(metric) && metric !== 'tokens');
  const lengths = tokens || metrics.some((metric) => /^(words|characters|tokens)$/.test(metric));
  return metrics.filter((metric) => !(metric === 'tokens' && tokens) && !(metric === 'length' && lengths));
}

function readStatistic(frame: Frame, where: Condition[]): Draft | null {
  if (frame.has.has('order') || frame.has.has('quantity') || frame.has.has('dimension')) return null;
  const counts = frame.asks.includes('count');
  const names = named(frame.metrics);
  const [spread] = frame.aggregates;
  const percentile = frame.aggregates.some((each) => /^p\d/.test(each));
  if (names.length === 0 && (spread === 'stddev' || spread === 'range' || percentile)) names.push('latencyMs');
  if (names.length === 0 && frame.asks.includes('howLong')) names.push('latencyMs');
  if (names.length === 0 && frame.aggregates.length > 0 && frame.has.has('waiting')) names.push('latencyMs');
  if (names.length === 0 || frame.asks.includes('share')) return null;
  // "tokens of the failed attempts", "time between those attempts": nobody measured single attempts.
  if (names.length > 1 && names.includes('attempts') && !lists(frame)) return null;
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
        : counts && !frame.perEntity && each.metric !== 'tokensPerSecond'
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
