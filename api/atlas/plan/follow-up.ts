import type { Condition, Conversation, Goal, Query, Side } from '../plan.js';
import type { Tag } from '../tags.js';
import { both, complementOf, excludeEachOther, fieldOf, sameCondition, sortOf } from './conditions.js';
import { type Frame, isPlural } from './frame.js';
import { defaultAggregates, resolveMetric } from './metrics.js';
import { orderingOf } from './orders.js';

/** A question that leans on the one before: what it changes, over what it keeps. Null where it stands alone. */
export function followUp(frame: Frame, own: Condition[], leads: boolean, before: Conversation): Query | null {
  const previous = before.query;
  if (previous === null) return null;
  for (const reader of READERS) {
    const query = reader({ frame, own, leads, before, previous });
    if (query) return query;
  }
  return null;
}

interface Turn {
  frame: Frame;
  own: Condition[];
  /** Starts with "and", "what about", "only", …: says itself that it goes on. */
  leads: boolean;
  before: Conversation;
  previous: Query;
}
type Reader = (turn: Turn) => Query | null;

const READERS: readonly Reader[] = [
  otherLimit,
  otherPrompt,
  amongSeen,
  comparedWith,
  asksAgain,
  otherSide,
  otherConditions,
  otherMeasure,
  otherOrder,
  otherGrouping,
  asChart,
  narrowedQuestion,
];

const CONTENT: readonly Tag['kind'][] = [
  'ask',
  'aggregate',
  'metric',
  'order',
  'compare',
  'filter',
  'prompts',
  'quantity',
  'ordinal',
  'dimension',
  'chart',
  'export',
  'download',
  'raw',
  'summary',
  'help',
  'outliers',
  'association',
  'relation',
  'fact',
  'why',
  'pick',
  'complement',
  'negation',
  'text',
];

/** Whether the clause says nothing but this. */
function saysOnly(frame: Frame, ...kinds: Tag['kind'][]): boolean {
  return (
    CONTENT.every(
      (kind) =>
        !frame.has.has(kind) || kinds.includes(kind) || (kind === 'ask' && frame.asks.every((ask) => ask === 'show')),
    ) &&
    (frame.by.length === 0 || kinds.includes('by'))
  );
}

function keep(goal: Goal, previous: Query, where: Condition[], changes: Partial<Query> = {}): Query {
  const inherited = where.filter((condition) => previous.where.some((known) => sameCondition(known, condition)));
  return { ...goal, where, inherited, assumptions: previous.assumptions, chart: previous.chart, ...changes } as Query;
}

const goalOf = ({ where, inherited, assumptions, chart, ...goal }: Query): Goal => goal as Goal;

/** New conditions take the place of old ones of their sort, unless they only narrow further. */
function narrowed(previous: readonly Condition[], own: readonly Condition[], adds: boolean): Condition[] {
  const kept = previous.filter((old) =>
    own.every((next) => {
      if (sameCondition(old, next)) return false;
      if ('not' in next || sameCondition(complementOf(next), old)) return !sameCondition(complementOf(next), old);
      const rivals = sortOf(old) === sortOf(next) && fieldOf(old) !== null;
      return !(excludeEachOther(old, next) || (rivals && !adds && !('not' in old)));
    }),
  );
  return both(kept, own);
}

/** "make it two", "no wait, I meant five". */
function otherLimit({ frame, previous }: Turn): Query | null {
  const [quantity] = frame.quantities;
  if (previous.goal !== 'rank' || quantity?.unit !== null || !saysOnly(frame, 'quantity')) return null;
  return keep({ ...(goalOf(previous) as Goal & { goal: 'rank' }), limit: quantity.value }, previous, previous.where);
}

/** "what about 4?" after a prompt. */
function otherPrompt({ frame, own, previous }: Turn): Query | null {
  const looked = previous.where.find((condition) => fieldOf(condition) === 'number');
  const [quantity] = frame.quantities;
  if (!looked || frame.quantities.length > 1 || !saysOnly(frame, 'quantity', 'prompts')) return null;
  const numbers = frame.prompts.flat();
  if (quantity?.unit === null) numbers.push(quantity.value);
  if (numbers.length === 0) return null;
  const where = [
    ...previous.where.filter((condition) => condition !== looked),
    ...own.filter((condition) => fieldOf(condition) !== 'number'),
    { field: 'number', op: 'in', value: numbers } as Condition,
  ];
  return keep(goalOf(previous), previous, where);
}

/** "which ones?", "how many?", "what share is that?": the same rows, asked otherwise. */
function asksAgain({ frame, before, previous }: Turn): Query | null {
  if (!saysOnly(frame, 'ask') || frame.has.has('by')) return null;
  if (frame.asks.length === 0 && frame.references.length === 0) return null;
  const where = rowsInFocus(before, previous);
  if (where === null) return null;
  const one = keep({ goal: 'list', limit: null }, previous, where, { assumptions: [], chart: null });
  if (frame.asks.includes('count') && !frame.asks.includes('which')) {
    if (frame.has.has('each')) return null;
    return { ...one, goal: 'count' } as Query;
  }
  if (frame.asks.includes('share')) return { ...one, goal: 'share', of: [] } as Query;
  if (frame.asks.includes('howLong'))
    return keep(
      { goal: 'statistic', measures: [{ metric: 'latencyMs', aggregate: 'mean' }], relation: null },
      previous,
      where,
      { chart: null, assumptions: [] },
    );
  return one;
}

/** The rows that the last answer was about, as conditions. */
export function rowsInFocus(before: Conversation, previous: Query): Condition[] | null {
  if (before.group) return [...previous.where, { field: before.group.by, op: '=', value: before.group.key }];
  if (
    ['list', 'count', 'share', 'statistic', 'groupedCount', 'histogram', 'summary'].includes(previous.goal) &&
    !(previous.goal === 'list' && previous.limit)
  )
    return previous.where;
  return before.rows.length > 0 ? [{ field: 'number', op: 'in', value: before.rows }] : null;
}

/** "which is slower?" after two prompts. */
function amongSeen({ frame, before, previous }: Turn): Query | null {
  const seen = before.seen.slice(-2);
  const [compare] = frame.compares;
  if (
    compare?.metric !== 'latencyMs' ||
    previous.goal !== 'list' ||
    before.rows.length !== 1 ||
    seen.length < 2 ||
    !saysOnly(frame, 'compare', 'ask')
  )
    return null;
  const direction = compare.op === '<' ? 'asc' : 'desc';
  const where: Condition[] = [{ field: 'number', op: 'in', value: seen }];
  return keep({ goal: 'rank', metric: 'latencyMs', direction, limit: 1, rank: null }, previous, where, {
    inherited: where,
  });
}

/** "compare that with travel" after a figure of support. */
function comparedWith({ frame, own, previous }: Turn): Query | null {
  const [other] = own;
  const before = previous.where.find((condition) => sortOf(condition) === 'category');
  const [measure] = previous.goal === 'statistic' ? previous.measures : [];
  if (
    !frame.has.has('versus') ||
    other === undefined ||
    own.length > 1 ||
    sortOf(other) !== 'category' ||
    !before ||
    !measure ||
    !saysOnly(frame, 'filter')
  )
    return null;
  const common = previous.where.filter((condition) => condition !== before);
  const sides = [before, other].map((condition): Side => {
    const key = 'field' in condition && condition.op === '=' ? String(condition.value) : null;
    return {
      label: key ?? '',
      where: [...common, condition],
      measure,
      group: key === null ? null : { by: 'category', key },
    };
  });
  return keep({ goal: 'compare', sides, prefer: null, relation: null }, previous, [], { chart: 'bar' });
}

/** "and under?" after "over one second". */
function otherSide({ frame, previous }: Turn): Query | null {
  const [compare] = frame.compares;
  const [quantity, ...more] = frame.quantities;
  if (
    compare === undefined ||
    compare.op === 'between' ||
    compare.op === '=' ||
    more.length > 0 ||
    !saysOnly(frame, 'compare', 'quantity', 'ask')
  )
    return null;
  const limit = previous.where.find(
    (condition) =>
      'field' in condition && ['<', '<=', '>', '>='].includes(condition.op) && sortOf(condition) === 'metric',
  );
  if (limit === undefined || !('field' in limit)) return null;
  const where = previous.where.map((condition) =>
    condition === limit
      ? ({
          ...limit,
          op: compare.op,
          value: quantity === undefined ? limit.value : inUnitOf(limit.field, quantity.value, Number(limit.value)),
        } as Condition)
      : condition,
  );
  return keep(goalOf(previous), previous, where);
}

/** "and over 3?" after "over 2 seconds": the unit is that of before. */
function inUnitOf(field: string, value: number, before: number): number {
  return field.endsWith('Ms') && before >= 1000 && value < 100 ? value * 1000 : value;
}

/** "only hr", "without travel?", "and finance?" */
function otherConditions({ frame, own, previous }: Turn): Query | null {
  if (
    own.length === 0 ||
    frame.has.has('versus') ||
    !saysOnly(frame, 'filter') ||
    previous.goal === 'summary' ||
    previous.goal === 'export' ||
    previous.goal === 'help'
  )
    return null;
  const lifted = previous.where.filter((old) => own.some((next) => sameCondition(complementOf(next), old)));
  if (lifted.length > 0)
    return keep(
      goalOf(previous),
      previous,
      previous.where.filter((old) => !lifted.includes(old)),
    );
  const lookedUp = previous.where.some((condition) => fieldOf(condition) === 'number');
  if (lookedUp && previous.goal === 'list') return null;
  const adds = frame.cues.includes('only') || frame.references.some((reference) => reference.weak !== true);
  const where = narrowed(previous.where, own, adds);
  if (previous.goal === 'compare' || previous.goal === 'countEach') {
    const sides = previous.sides.map((side) => ({ ...side, where: narrowed(side.where, own, true) }));
    return keep({ ...goalOf(previous), sides } as Goal, previous, []);
  }
  return keep(goalOf(previous), previous, where);
}

/** "and the p99?", "what about tokens?", "its output tokens". */
function otherMeasure({ frame, own, leads, before, previous }: Turn): Query | null {
  if (
    !saysOnly(frame, 'aggregate', 'metric', 'filter', 'ask', 'compare') ||
    (frame.metrics.length === 0 && frame.aggregates.length === 0 && !namesOutput(frame, previous))
  )
    return null;
  const complete =
    frame.metrics.length > 0 && (frame.aggregates.length > 0 || own.length > 0 || frame.asks.includes('count'));
  const oneRow = before.rows.length === 1 && ['rank', 'list'].includes(previous.goal) && frame.aggregates.length === 0;
  const points = frame.references.length > 0;
  if (frame.compares.length > 0 && previous.goal !== 'compare') return null;
  if (complete && !leads && !(points && oneRow)) return null;
  const names = frame.metrics.length > 1 ? frame.metrics.filter((metric) => metric !== 'tokens') : [...frame.metrics];
  if (namesOutput(frame, previous)) names.push('outputTokens');
  const metrics = names.map((name) => resolveMetric(name, frame)?.metric).filter((metric) => metric !== undefined);
  if (previous.goal === 'compare') return sidesMeasured(frame, metrics[0], previous);
  const where =
    points && oneRow
      ? [{ field: 'number', op: 'in', value: before.rows } as Condition]
      : narrowed(previous.where, own, false);
  if (previous.goal === 'statistic' || previous.goal === 'grouped') {
    const old = previous.measures;
    const targets = metrics.length > 0 ? metrics : [...new Set(old.map((measure) => measure.metric))];
    const counted = frame.asks.includes('count') ? ['sum'] : null;
    const aggregates =
      frame.aggregates.length > 0
        ? frame.aggregates
        : (counted ?? [...new Set(old.map((measure) => measure.aggregate))]);
    const measures = targets.flatMap((metric) => aggregates.map((aggregate) => ({ metric, aggregate })));
    return keep({ ...goalOf(previous), measures } as Goal, previous, where, { assumptions: [] });
  }
  if (previous.goal === 'histogram' || previous.goal === 'bars') {
    const metric = metrics[0];
    if (frame.aggregates.length > 0) return statistic(frame, [metric ?? previous.metric], previous, where);
    return metric === undefined ? null : keep({ ...goalOf(previous), metric } as Goal, previous, where);
  }
  if (
    previous.goal === 'rank' &&
    !(points && oneRow) &&
    frame.aggregates.length === 0 &&
    !frame.asks.includes('count')
  ) {
    const metric = metrics[0];
    return metric === undefined ? null : keep({ ...goalOf(previous), metric } as Goal, previous, where);
  }
  if (previous.goal === 'rank' && frame.aggregates.length > 0)
    return statistic(frame, metrics.length > 0 ? metrics : [previous.metric], previous, where);
  if (metrics.length === 0 || !['list', 'count', 'share', 'rank'].includes(previous.goal)) return null;
  return statistic(frame, metrics, previous, where);
}

/** "and just the output?" after tokens. */
function namesOutput(frame: Frame, previous: Query): boolean {
  const tokens = 'measures' in previous && previous.measures.every(({ metric }) => metric.endsWith('Tokens'));
  return (
    tokens &&
    frame.metrics.length === 0 &&
    frame.items.some(({ tag, words }) => tag.kind === 'entity' && /^(the )?outputs?$/.test(words))
  );
}

function statistic(
  frame: Frame,
  metrics: NonNullable<ReturnType<typeof resolveMetric>>['metric'][],
  previous: Query,
  where: Condition[],
): Query {
  const single = where.some((condition) => fieldOf(condition) === 'number');
  const measures = metrics.flatMap((metric) =>
    (frame.aggregates.length > 0 ? frame.aggregates : defaultAggregates(metric, single)).map((aggregate) => ({
      metric,
      aggregate,
    })),
  );
  return keep({ goal: 'statistic', measures, relation: null }, previous, where, { assumptions: [], chart: null });
}

function sidesMeasured(
  frame: Frame,
  metric: ReturnType<typeof resolveMetric> extends infer R
    ? (R extends { metric: infer M } ? M : never) | undefined
    : never,
  previous: Query & { goal: 'compare' },
): Query | null {
  const first = previous.sides[0]?.measure;
  if (!first) return null;
  const measure = { metric: metric ?? first.metric, aggregate: frame.aggregates[0] ?? first.aggregate };
  const compare = frame.compares[0];
  const prefer = compare === undefined ? previous.prefer : compare.op === '<' || compare.op === '<=' ? 'min' : 'max';
  return keep(
    { ...goalOf(previous), sides: previous.sides.map((side) => ({ ...side, measure })), prefer } as Goal,
    previous,
    previous.where,
  );
}

/** Rows without metrics can't be ranked: such conditions are not kept. */
const hasMetrics = (condition: Condition) =>
  !['failed', 'status', 'error.type', 'error.httpStatus'].includes(fieldOf(condition) ?? '');

/** "and the fastest?", "now the two quickest instead", "of those, which was longest?" */
function otherOrder({ frame, own, leads, previous }: Turn): Query | null {
  if (
    frame.orders.length === 0 ||
    !saysOnly(frame, 'order', 'quantity', 'ordinal', 'metric', 'filter', 'ask') ||
    !(leads || frame.cues.includes('instead'))
  )
    return null;
  if (frame.asks.some((ask) => ask === 'count' || ask === 'share') || frame.by.length > 0) return null;
  const ordering = orderingOf(frame);
  if (ordering === null) return null;
  const pick = ordering.direction === 'desc' ? 'max' : 'min';
  if (previous.goal === 'grouped' && frame.quantities.length === 0 && own.length === 0) {
    const measures =
      ordering.metric === null
        ? previous.measures
        : previous.measures.slice(0, 1).map((measure) => ({ ...measure, metric: ordering.metric ?? measure.metric }));
    return keep(
      { goal: 'grouped', by: previous.by, measures, pick, rank: frame.ordinals[0] ?? null },
      previous,
      previous.where,
    );
  }
  if (previous.goal === 'groupedCount' && ordering.metric === null)
    return keep({ ...(goalOf(previous) as Goal & { goal: 'groupedCount' }), pick }, previous, previous.where);
  const metric = ordering.metric ?? (previous.goal === 'rank' ? previous.metric : null);
  if (metric === null) return null;
  const rank = frame.ordinals[0] ?? null;
  const limit =
    rank !== null
      ? 1
      : (frame.quantities[0]?.value ?? keptLimit(frame, previous) ?? (ordering.all ? null : isPlural(frame) ? 3 : 1));
  const where = narrowed(previous.where.filter(hasMetrics), own, true);
  return keep({ goal: 'rank', metric, direction: ordering.direction, limit, rank }, previous, where, {
    chart: null,
    assumptions: ordering.assumption ? [ordering.assumption] : [],
  });
}

/** "fastest instead" changes the direction, not how many. */
const keptLimit = (frame: Frame, previous: Query) =>
  previous.goal === 'rank' && frame.cues.includes('instead') && frame.entities.length === 0 ? previous.limit : null;

/** "by category", "which category is it in?" */
function otherGrouping({ frame, before, previous }: Turn): Query | null {
  const asked = frame.by[0] ?? frame.dimensions[0]?.by;
  if (asked === undefined || !saysOnly(frame, 'by', 'dimension', 'ask') || frame.asks.includes('share')) return null;
  const oneRow = before.rows.length === 1;
  if (
    frame.by.length === 0 &&
    (oneRow || (before.rows.length > 0 && ['rank', 'list', 'count'].includes(previous.goal)))
  ) {
    const where: Condition[] = [{ field: 'number', op: 'in', value: before.rows }];
    return keep(
      { goal: 'groupedCount', by: asked, pick: frame.dimensions[0]?.plural ? null : 'max', rank: null },
      previous,
      where,
      { chart: null },
    );
  }
  if (previous.goal === 'statistic')
    return keep(
      { goal: 'grouped', by: asked, measures: previous.measures, pick: null, rank: null },
      previous,
      previous.where,
    );
  if (previous.goal === 'grouped' || previous.goal === 'groupedCount' || previous.goal === 'groupedShare')
    return keep({ ...goalOf(previous), by: asked } as Goal, previous, previous.where);
  if (previous.goal === 'count' || previous.goal === 'list')
    return keep({ goal: 'groupedCount', by: asked, pick: null, rank: null }, previous, previous.where);
  return null;
}

/** "as a chart", "show that as a histogram". */
function asChart({ frame, previous }: Turn): Query | null {
  if (!frame.has.has('chart') || !saysOnly(frame, 'chart', 'ask')) return null;
  if (previous.goal === 'grouped' || previous.goal === 'groupedCount' || previous.goal === 'compare')
    return keep(goalOf(previous), previous, previous.where, { chart: 'bar' });
  const metric =
    previous.goal === 'statistic'
      ? previous.measures[0]?.metric
      : previous.goal === 'rank' || previous.goal === 'bars' || previous.goal === 'histogram'
        ? previous.metric
        : undefined;
  if (metric === undefined) return null;
  return keep({ goal: frame.charts.includes('bar') ? 'bars' : 'histogram', metric }, previous, previous.where);
}

/** "and which one has timed out?": the category and the limits stay, the state is a new one. */
function narrowedQuestion({ frame, own, leads, previous }: Turn): Query | null {
  if (
    !leads ||
    own.length === 0 ||
    !saysOnly(frame, 'ask', 'filter') ||
    !['list', 'count', 'statistic', 'share'].includes(previous.goal)
  )
    return null;
  if (frame.asks.includes('share')) return null;
  const where = narrowed(previous.where, own, false);
  return keep(frame.asks.includes('count') ? { goal: 'count' } : { goal: 'list', limit: null }, previous, where, {
    chart: null,
    assumptions: [],
  });
}
