import type { Condition, Side } from '../../plan.js';
import { complementOf, excludeEachOther, fieldOf, sameCondition, sortOf } from '../conditions.js';
import { type Frame, whereOf } from '../frame.js';
import type { Draft, GoalReader } from './draft.js';
import { resolveMetric } from './metrics.js';
import { measureOf, ownFigures } from './side-measure.js';

/** "travel vs hr", "is 3 faster than 11", "follow-ups against the rest", "more input or output tokens?" */
export const readComparison: GoalReader = (frame) => {
  const metricsCompared = compareMetrics(frame);
  if (metricsCompared) return metricsCompared;
  const compares =
    frame.has.has('versus') ||
    frame.compares.length > 0 ||
    frame.has.has('relation') ||
    frame.has.has('complement') ||
    choosesOne(frame) ||
    measuresPrompts(frame);
  if (!compares || frame.asks.includes('share')) return null;
  const split = splitSides(frame);
  if (split === null) return null;
  const measured = measureOf(frame);
  if (measured === undefined) return null;
  const sides = split.sides.map(
    (side): Side => ({ ...side, where: [...split.common, ...side.where], measure: measured?.measure ?? null }),
  );
  const own = sides.length === 2 && measured ? ownFigures(frame) : null;
  if (own !== null) for (const [at, side] of sides.entries()) giveFigure(side, own[at]);
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

function giveFigure(side: Side, aggregate: string | undefined): void {
  if (aggregate === undefined || side.measure === null) return;
  side.measure = { ...side.measure, aggregate };
  side.label = `${side.label} (${aggregate})`;
}

/** "latency of 11 and 12": a figure that is not said to be one of both is told of each. */
const measuresPrompts = (frame: Frame) =>
  frame.prompts.flat().length > 1 &&
  (frame.metrics.length === 1 || (frame.metrics.length === 0 && frame.asks.includes('howLong'))) &&
  frame.aggregates.length + frame.weakAggregates.length + frame.orders.length + frame.narrowings.length === 0 &&
  (!frame.asks.includes('count') || frame.metrics[0] === 'attempts');

const choosesOne = (frame: Frame) =>
  frame.orders.length > 0 &&
  (frame.prompts.length > 1 ||
    frame.narrowings.filter(({ joint }) => joint === 'or' || joint === 'versus').length > 0 ||
    choosesGroup(frame)) &&
  frame.quantities.length === 0;

/** "of travel, hr and support, who has the lowest": one of them, where a prompt of theirs would be named as such. */
const choosesGroup = (frame: Frame) =>
  frame.asks.includes('which') &&
  frame.orders.every((order) => !order.all && !order.plural) &&
  frame.entities.every(({ entity }) => entity === 'one') &&
  frame.narrowings.length > 1 &&
  frame.narrowings.every(({ where }) => fieldOf(where) === 'category');

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
  const held = first && second && frame.has.has('relation') && excludeEachOther(first.where, second.where);
  if (
    first &&
    second &&
    frame.narrowings.length === 2 &&
    (held || second.joint === 'versus' || second.joint === 'or' || second.joint === 'and')
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

/** "successful replies that ask back against successful ones that do not": the status is of both sides. */
function againstRest(frame: Frame): { sides: Half[]; common: Condition[] } | null {
  const named = whereOf(frame).filter(
    (condition, at, all) => all.findIndex((other) => sameCondition(other, condition)) === at,
  );
  const others = named.filter((condition) => fieldOf(condition) !== 'status');
  const only = others[0] ?? named[0];
  if (only === undefined || others.length > 1) return null;
  const rest: Half = { label: 'the rest', where: [complementOf(only)], group: null };
  return { sides: [conditionSide(only), rest], common: named.filter((condition) => condition !== only) };
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
