import type { Metric } from '../../../contract/answer.js';
import type { Condition, Measure, Side } from '../../plan.js';
import { complementOf, fieldOf, sameCondition, sortOf } from '../conditions.js';
import { type Frame, whereOf } from '../frame.js';
import type { Draft, GoalReader } from './draft.js';
import { groupAggregate, moreIsBetter, resolveMetric } from './metrics.js';

/** "travel vs hr", "is 3 faster than 11", "follow-ups against the rest", "more input or output tokens?" */
export const readComparison: GoalReader = (frame) => {
  const metricsCompared = compareMetrics(frame);
  if (metricsCompared) return metricsCompared;
  const compares =
    frame.has.has('versus') ||
    frame.compares.length > 0 ||
    frame.has.has('relation') ||
    frame.has.has('complement') ||
    choosesOne(frame);
  if (!compares || frame.asks.includes('share')) return null;
  const split = splitSides(frame);
  if (split === null) return null;
  const measured = measureOf(frame);
  if (measured === undefined) return null;
  const sides = split.sides.map(
    (side): Side => ({ ...side, where: [...split.common, ...side.where], measure: measured?.measure ?? null }),
  );
  if (
    measured !== null &&
    split.sides.some(({ where }) => where.some((each) => fieldOf(each) === measured.measure.metric))
  )
    return null;
  const relation = frame.relations[0] ?? null;
  return {
    goal:
      measured === null ? { goal: 'countEach', sides } : { goal: 'compare', sides, prefer: measured.prefer, relation },
    uses: [
      'filter',
      'prompts',
      'compare',
      'aggregate',
      'metric',
      'relation',
      'complement',
      'order',
      'dimension',
      'quantity',
      'versus',
      'summary',
    ],
    where: [],
    assumptions: [measured?.assumption ?? null],
    chart: 'bar',
  };
};

const choosesOne = (frame: Frame) =>
  frame.orders.length > 0 &&
  (frame.prompts.length > 1 ||
    frame.narrowings.filter(({ joint }) => joint === 'or' || joint === 'versus').length > 0) &&
  frame.quantities.length === 0;

type Half = Pick<Side, 'label' | 'where' | 'group'>;

function splitSides(frame: Frame): { sides: Half[]; common: Condition[] } | null {
  const prompts = frame.prompts.flat();
  const bare = frame.quantities.filter((quantity) => quantity.unit === null).map((quantity) => quantity.value);
  if (frame.quantities.length !== bare.length) return null;
  const numbers = prompts.length > 0 ? [...prompts, ...bare] : frame.has.has('versus') && bare.length > 1 ? bare : [];
  if (numbers.length > 1) return { sides: numbers.map(promptSide), common: whereOf(frame) };
  if (bare.length > 0 || numbers.length > 0) return null;
  const categories = frame.narrowings
    .filter(({ where }) => 'field' in where && where.field === 'category' && where.op === '=')
    .filter(({ where }, at, all) => all.findIndex((other) => sameCondition(other.where, where)) === at);
  const others = frame.narrowings
    .filter(({ where }) => !categories.some((each) => sameCondition(each.where, where)))
    .map(({ where }) => where);
  if (categories.length > 1) return { sides: categories.map(({ where }) => conditionSide(where)), common: others };
  if (frame.has.has('complement')) return againstRest(frame);
  const [first, second] = frame.narrowings;
  if (
    first &&
    second &&
    frame.narrowings.length === 2 &&
    (second.joint === 'versus' || second.joint === 'or' || second.joint === 'and')
  )
    return { sides: [first, second].map(({ where }) => conditionSide(where)), common: [] };
  if (
    frame.narrowings.length > 2 &&
    new Set(frame.narrowings.map(({ where }) => sortOf(where))).size === 1 &&
    frame.narrowings.slice(1).every(({ joint }) => joint === 'or' || joint === 'versus' || joint === 'comma')
  )
    return { sides: frame.narrowings.map(({ where }) => conditionSide(where)), common: [] };
  return aroundVersus(frame);
}

/** "truncated ones than successful ones that were not truncated": each side may have several conditions. */
function aroundVersus(frame: Frame): { sides: Half[]; common: Condition[] } | null {
  const second = frame.narrowings.findIndex(({ joint }) => joint === 'versus');
  const more = frame.narrowings.slice(second + 1).some(({ joint }) => joint === 'versus');
  if (second < 1 || more) return null;
  const half = (part: Frame['narrowings']): Half => ({ label: '', where: part.map(({ where }) => where), group: null });
  return { sides: [half(frame.narrowings.slice(0, second)), half(frame.narrowings.slice(second))], common: [] };
}

function againstRest(frame: Frame): { sides: Half[]; common: Condition[] } | null {
  const [only, ...more] = frame.narrowings;
  if (only === undefined || more.some(({ where }) => !('field' in where) || where.field !== 'status')) return null;
  const rest: Half = { label: 'the rest', where: [complementOf(only.where)], group: null };
  return { sides: [conditionSide(only.where), rest], common: more.map(({ where }) => where) };
}

function conditionSide(where: Condition): Half {
  const category = 'field' in where && where.field === 'category' && where.op === '=' ? String(where.value) : null;
  return { label: category ?? '', where: [where], group: category === null ? null : { by: 'category', key: category } };
}

const promptSide = (number: number): Half => ({
  label: `prompt ${number}`,
  where: [{ field: 'number', op: '=', value: number }],
  group: null,
});

interface Measured {
  measure: Measure;
  prefer: 'max' | 'min' | null;
  assumption: 'length' | 'tokens' | null;
}

/** null: rows are counted; undefined: can't be told. */
function measureOf(frame: Frame): Measured | null | undefined {
  const compare = frame.compares[0] ?? null;
  const order = frame.orders[0] ?? null;
  const implied = compare?.metric ?? order?.metric ?? null;
  const takesTime = frame.asks.includes('howLong') ? 'latencyMs' : null;
  const slower = frame.items.some(
    ({ tag, words }) =>
      tag.kind === 'relation' && (/slow|fast|long|quick|\bms\b|second|time/.test(words) || frame.prompts.length > 0),
  )
    ? 'latencyMs'
    : null;
  const opposed = frame.has.has('versus') && frame.prompts.flat().length > 1 ? 'latencyMs' : null;
  const name = frame.metrics[0] ?? implied ?? takesTime ?? slower ?? opposed;
  if (frame.metrics.length > 1 || frame.aggregates.length > 1) return undefined;
  if (name === null) {
    const counts =
      frame.asks.includes('count') ||
      compare?.than === true ||
      frame.has.has('each') ||
      (order !== null && order.metric === null);
    const lone =
      frame.aggregates.length === 0 &&
      frame.narrowings.every(({ where }) => fieldOf(where) !== 'category') &&
      frame.prompts.length === 0;
    return counts || (lone && frame.has.has('versus')) ? null : undefined;
  }
  const promptsOnly = frame.prompts.length > 0 || frame.quantities.length > 0;
  const resolved =
    name === 'longest' && promptsOnly && !frame.has.has('writing')
      ? { metric: 'latencyMs' as Metric, assumption: null }
      : resolveMetric(name, frame);
  if (resolved === null) return undefined;
  const ends = frame.orders.length > 1 ? [frame.orders[0]?.direction === 'asc' ? 'min' : 'max'] : [];
  const aggregate = frame.aggregates[0] ?? ends[0] ?? (promptsOnly ? 'mean' : groupAggregate(resolved.metric, frame));
  const assumption = resolved.assumption === 'length' || resolved.assumption === 'tokens' ? resolved.assumption : null;
  return { measure: { metric: resolved.metric, aggregate }, prefer: preference(frame, resolved.metric), assumption };
}

function preference(frame: Frame, metric: Metric): 'max' | 'min' | null {
  const compare = frame.compares[0];
  const order = frame.orders[0];
  if (compare) {
    const speed = compare.metric === 'latencyMs' && metric === 'tokensPerSecond';
    const up = compare.op === '>' || compare.op === '>=';
    return up !== speed ? 'max' : 'min';
  }
  if (!order) return null;
  if (order.direction === 'best' || order.direction === 'worst')
    return (moreIsBetter(metric) === true) === (order.direction === 'best') ? 'max' : 'min';
  return order.direction === 'desc' ? 'max' : 'min';
}

/** "Do we spend more tokens on input or on output?" */
function compareMetrics(frame: Frame): Draft | null {
  const asked =
    frame.compares.length > 0 ||
    frame.has.has('versus') ||
    frame.has.has('relation') ||
    (frame.orders.length > 0 && frame.asks.includes('which'));
  const halves = frame.metrics.includes('inputTokens') && frame.metrics.includes('outputTokens');
  const metrics = frame.metrics.filter((metric) => metric !== 'tokens' && !(halves && metric === 'totalTokens'));
  if (!asked || metrics.length !== 2 || frame.aggregates.length > 1 || frame.quantities.length > 0) return null;
  const resolved = metrics.map((metric) => resolveMetric(metric, frame)?.metric);
  const [a, b] = resolved;
  if (a === undefined || b === undefined) return null;
  const summed = [a, b].every(
    (metric) => metric === 'inputTokens' || metric === 'outputTokens' || metric === 'totalTokens',
  );
  const aggregate = frame.aggregates[0] ?? (summed && !frame.perEntity ? 'sum' : 'mean');
  const sides = [a, b].map(
    (metric): Side => ({ label: '', where: whereOf(frame), measure: { metric, aggregate }, group: null }),
  );
  const down = frame.compares[0]?.op === '<' || frame.orders[0]?.direction === 'asc';
  return {
    goal: { goal: 'compare', sides, prefer: down ? 'min' : 'max', relation: frame.relations[0] ?? null },
    uses: ['metric', 'compare', 'aggregate', 'relation', 'filter', 'order', 'versus'],
  };
}
