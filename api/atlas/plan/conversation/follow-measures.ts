import type { Metric } from '../../../contract/answer.js';
import type { Condition, Dimension, Goal, Measure, Query } from '../../plan.js';
import { fieldOf } from '../conditions.js';
import type { Frame } from '../frame.js';
import { defaultAggregates, groupAggregate, resolveMetric } from '../goals/metrics.js';
import { goalOf, keep, narrowed, saysOnly, type Turn } from './turn.js';

/** What is asked for now, and of which rows. */
interface Asked {
  frame: Frame;
  metrics: Metric[];
  where: Condition[];
}

/** "and the p99?", "what about tokens?", "its output tokens": another figure of what was answered last. */
export function otherMeasure(turn: Turn): Query | null {
  const { frame, own, before, previous } = turn;
  const metrics = metricsOf(frame, previous);
  if (metrics.length + frame.aggregates.length === 0 || !leansOnLast(turn)) return null;
  const ofOne = pointsAtOne(turn);
  const where: Condition[] = ofOne
    ? [{ field: 'number', op: 'in', value: before.rows }]
    : narrowed(previous.where, own, false);
  const asked = { frame, metrics, where };
  switch (previous.goal) {
    case 'compare':
      return own.length > 0 ? null : ofEachSide(asked, previous);
    case 'statistic':
    case 'grouped':
      return measuredOtherwise(asked, previous);
    case 'groupedCount':
      return ofOne || own.some((condition) => namesGroup(condition, previous.by))
        ? figuresOf(asked, previous)
        : ofEachGroup(asked, previous);
    case 'rank':
      if (frame.aggregates.length > 0) return figuresOf(asked, previous, [previous.metric]);
      return ofOne ? figuresOf(asked, previous) : ofOtherMetric(asked, previous);
    case 'histogram':
    case 'bars':
    case 'outliers':
      return frame.aggregates.length > 0
        ? figuresOf(asked, previous, [previous.metric])
        : ofOtherMetric(asked, previous);
    case 'list':
    case 'count':
    case 'share':
      return figuresOf(asked, previous);
    default:
      return ofOne ? figuresOf(asked, previous) : null;
  }
}

/** Says a figure and nothing else: a metric with its aggregate stands alone, unless it says itself that it goes on. */
function leansOnLast(turn: Turn): boolean {
  const { frame, leads, previous } = turn;
  if (!saysOnly(frame, 'aggregate', 'metric', 'filter', 'ask')) return false;
  if (saysHowMany(frame) && !('measures' in previous && previous.measures.length > 1)) return false;
  const complete = frame.metrics.length > 0 && (frame.aggregates.length > 0 || frame.asks.includes('count'));
  return !complete || leads || pointsAtOne(turn) || asksOfLookedUp(turn);
}

/** "same two for words": there must have been several figures. */
const saysHowMany = (frame: Frame) =>
  frame.items.some(
    ({ tag, words }) => tag.kind === 'cue' && /^(the )?same (\w+ )?(two|three|2|3|pair|trio)\b/.test(words),
  );

/** "how long did it take?" after one prompt. */
const pointsAtOne = ({ frame, before, previous }: Turn) =>
  frame.references.length > 0 &&
  frame.aggregates.length === 0 &&
  before.rows.length === 1 &&
  ['rank', 'list', 'count', 'groupedCount'].includes(previous.goal);

/** "how many output tokens" after "open prompt 18". */
const asksOfLookedUp = ({ frame, own, before, previous }: Turn) =>
  previous.goal === 'list' &&
  before.rows.length === 1 &&
  previous.where.some((condition) => fieldOf(condition) === 'number') &&
  own.length + frame.aggregates.length + frame.weakAggregates.length === 0 &&
  !(['entity', 'all', 'usage', 'each'] as const).some((kind) => frame.has.has(kind));

/** "and for the 503, number of attempts?" after the errors by type: of this one group. */
const namesGroup = (condition: Condition, by: Dimension) =>
  !('not' in condition) && (by === 'error.type' ? /^error/.test(fieldOf(condition) ?? '') : fieldOf(condition) === by);

function metricsOf(frame: Frame, previous: Query): Metric[] {
  if (namesOutput(frame, previous)) return ['outputTokens'];
  const names = frame.metrics.length > 1 ? frame.metrics.filter((metric) => metric !== 'tokens') : frame.metrics;
  return names.map((name) => resolveMetric(name, frame)?.metric).filter((metric) => metric !== undefined);
}

/** "and just the output?" after tokens. */
function namesOutput(frame: Frame, previous: Query): boolean {
  const measured = 'metric' in previous ? [previous] : 'measures' in previous ? previous.measures : [];
  return (
    frame.metrics.length === 0 &&
    measured.some(({ metric }) => metric.endsWith('Tokens')) &&
    frame.items.some(({ tag, words }) => tag.kind === 'entity' && /^(the )?outputs?$/.test(words))
  );
}

/** What is not said anew, metric or aggregate, stays as it was. */
function measuredOtherwise({ frame, metrics, where }: Asked, previous: Query & { measures: Measure[] }): Query {
  const summed = frame.asks.includes('count') ? ['sum'] : [];
  const said = frame.aggregates.length > 0 ? frame.aggregates : summed;
  const aggregates = said.length > 0 ? said : [...new Set(previous.measures.map(({ aggregate }) => aggregate))];
  const targets = metrics.length > 0 ? metrics : [...new Set(previous.measures.map(({ metric }) => metric))];
  const measures = eachOf(targets, () => aggregates);
  return keep({ ...goalOf(previous), measures } as Goal, previous, where, { assumptions: [] });
}

function ofEachGroup({ frame, metrics, where }: Asked, previous: Query & { by: Dimension }): Query | null {
  if (metrics.length === 0) return null;
  const measures = eachOf(metrics, (metric) =>
    frame.aggregates.length > 0 ? frame.aggregates : [groupAggregate(metric, frame)],
  );
  const goal: Goal = { goal: 'grouped', by: previous.by, measures, pick: null, rank: null };
  return keep(goal, previous, where, { assumptions: [] });
}

function ofEachSide({ frame, metrics }: Asked, previous: Query & { goal: 'compare' }): Query | null {
  const measured = previous.sides[0]?.measure;
  if (!measured) return null;
  const measure = {
    metric: metrics[0] ?? measured.metric,
    aggregate: frame.aggregates[0] ?? measured.aggregate,
  };
  const sides = previous.sides.map((side) => ({ ...side, measure }));
  return keep({ ...goalOf(previous), sides } as Goal, previous, previous.where);
}

function ofOtherMetric({ metrics: [metric], where }: Asked, previous: Query): Query | null {
  return metric === undefined ? null : keep({ ...goalOf(previous), metric } as Goal, previous, where);
}

function figuresOf({ frame, metrics, where }: Asked, previous: Query, otherwise: Metric[] = []): Query | null {
  const targets = metrics.length > 0 ? metrics : otherwise;
  if (targets.length === 0) return null;
  const single = where.some((condition) => fieldOf(condition) === 'number');
  const measures = eachOf(targets, (metric) =>
    frame.aggregates.length > 0 ? frame.aggregates : defaultAggregates(metric, single),
  );
  const goal: Goal = { goal: 'statistic', measures, relation: null };
  return keep(goal, previous, where, { assumptions: [], chart: null });
}

const eachOf = (metrics: readonly Metric[], aggregatesOf: (metric: Metric) => readonly string[]): Measure[] =>
  metrics.flatMap((metric) => aggregatesOf(metric).map((aggregate) => ({ metric, aggregate })));

/** "and the 50th?" after a percentile. */
export function otherPercentile({ frame, previous }: Turn): Query | null {
  const [value, ...more] = frame.ordinals;
  const [measure, ...others] = previous.goal === 'statistic' ? previous.measures : [];
  if (measure === undefined || others.length > 0 || value === undefined || more.length > 0) return null;
  if (!/^p\d/.test(measure.aggregate) || value < 1 || value > 99 || !saysOnly(frame, 'ordinal')) return null;
  const goal: Goal = { goal: 'statistic', measures: [{ ...measure, aggregate: `p${value}` }], relation: null };
  return keep(goal, previous, previous.where);
}
