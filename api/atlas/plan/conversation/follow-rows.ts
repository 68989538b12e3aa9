import type { Condition, Conversation, Goal, Query, Side } from '../../plan.js';
import { complementOf, fieldOf, sameCondition, sortOf } from '../conditions.js';
import type { Frame } from '../frame.js';
import { isSum } from './about.js';
import { goalOf, keep, narrowed, rowsInFocus, saysOnly, type Turn } from './turn.js';

/** "make it two", "no wait, I meant five", "make it top 3": how many, and nothing else, is another. */
export function otherLimit({ frame, previous }: Turn): Query | null {
  const [pick, ...morePicks] = frame.picks;
  if (pick?.from === 'first' && pick.count !== undefined && morePicks.length === 0 && saysOnly(frame, 'pick')) {
    if (previous.goal === 'rank')
      return keep({ ...(goalOf(previous) as Goal & { goal: 'rank' }), limit: pick.count }, previous, previous.where);
    if (previous.goal === 'list')
      return keep({ goal: 'list', limit: { count: pick.count, from: 'first' } }, previous, previous.where);
  }
  const [quantity] = frame.quantities;
  const orders = frame.items.filter(({ tag }) => tag.kind === 'order');
  if (orders.some(({ words }) => !/^(the )?top$/.test(words))) return null;
  if (previous.goal !== 'rank' || quantity?.unit !== null || !saysOnly(frame, 'quantity', 'order', 'ask')) return null;
  if (frame.asks.some((ask) => ask !== 'list' && ask !== 'show') || frame.quantities.length > 1) return null;
  return keep({ ...(goalOf(previous) as Goal & { goal: 'rank' }), limit: quantity.value }, previous, previous.where);
}

/** "show me the first one" after a list: the first of it. */
export function pickedOne({ frame, previous }: Turn): Query | null {
  const picked = frame.items.find(({ tag }) => tag.kind === 'pick');
  if (picked?.tag.kind !== 'pick' || previous.goal !== 'list' || !/\bone$/.test(picked.words)) return null;
  if (previous.where.length === 0 || !saysOnly(frame, 'pick', 'ask')) return null;
  if (frame.asks.some((ask) => ask !== 'list' && ask !== 'show' && ask !== 'which')) return null;
  return keep({ goal: 'list', limit: { count: 1, from: picked.tag.from } }, previous, previous.where);
}

/** "what about 4?" after a prompt. */
export function otherPrompt({ frame, own, previous }: Turn): Query | null {
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

/** "which is slower?" after two prompts. */
export function amongSeen({ frame, before, previous }: Turn): Query | null {
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
export function comparedWith({ frame, own, previous }: Turn): Query | null {
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

/** "versus the ones that were not truncated?" after a figure of the truncated: the category stays. */
export function comparedWithOthers({ frame, own, previous }: Turn): Query | null {
  const [measure, ...more] = previous.goal === 'statistic' ? previous.measures : [];
  if (measure === undefined || more.length > 0 || own.length === 0) return null;
  if (!frame.has.has('versus') || !saysOnly(frame, 'filter')) return null;
  if (own.some((condition) => sortOf(condition) === 'category')) return null;
  const common = previous.where.filter((condition) => sortOf(condition) === 'category');
  const first = previous.where.filter((condition) => !common.includes(condition));
  if (first.length === 0) return null;
  const sides = [first, own].map((where): Side => ({ label: '', where: [...common, ...where], measure, group: null }));
  return keep({ goal: 'compare', sides, prefer: null, relation: null }, previous, [], { chart: 'bar' });
}

/** "what was the prompt?", "and the question?" after prompts that were named: theirs. */
function namesWording({ entities, items }: Frame, leads: boolean, before: Conversation): boolean {
  const [entity, ...more] = entities;
  const item = items.find(({ tag }) => tag.kind === 'entity');
  const bare = item !== undefined && item.from <= (leads ? 2 : 1);
  const named = entity?.entity === 'prompt' || entity?.entity === 'response';
  return named && more.length === 0 && before.rows.length > 0 && (bare || entity.wording === true);
}

/** "how many prompts has it got altogether?": all of the group, whatever it was picked by. */
const inGroup = ({ by, key }: NonNullable<Conversation['group']>): Condition => ({ field: by, op: '=', value: key });

/** "which ones?", "how many?", "what share is that?": the same rows, asked otherwise. */
export function asksAgain({ frame, leads, before, previous }: Turn): Query | null {
  if (!saysOnly(frame, 'ask') || frame.has.has('by')) return null;
  if (frame.asks.length === 0 && frame.references.length === 0 && !namesWording(frame, leads, before)) return null;
  const counts = frame.asks.includes('count') && !frame.asks.includes('which');
  if (counts && frame.has.has('each')) return countedInEach(previous);
  const where = rowsInFocus(before, previous);
  const onlyOne = frame.items.some(({ tag, words }) => tag.kind === 'ask' && /\bonly one$/.test(words));
  if (where === null || (onlyOne && previous.goal === 'rank')) return null;
  const one = keep({ goal: 'list', limit: null }, previous, where, { assumptions: [], chart: null });
  if (frame.asks.includes('share')) return { ...one, goal: 'share', of: [] } as Query;
  if (counts) {
    if (before.group && frame.weakAggregates.length > 0)
      return { ...one, goal: 'count', where: [inGroup(before.group)], inherited: [inGroup(before.group)] } as Query;
    if (isSum(previous) && frame.entities.length === 0) return previous;
    return { ...one, goal: 'count' } as Query;
  }
  if (frame.asks.includes('howLong'))
    return keep(
      { goal: 'statistic', measures: [{ metric: 'latencyMs', aggregate: 'mean' }], relation: null },
      previous,
      where,
      { chart: null, assumptions: [] },
    );
  return one;
}

/** "mean latency per category, and how many in each?" */
function countedInEach(previous: Query): Query | null {
  if (previous.goal === 'groupedCount') return previous;
  if (previous.goal !== 'grouped' || previous.pick !== null) return null;
  return keep({ goal: 'groupedCount', by: previous.by, pick: null, rank: null }, previous, previous.where, {
    assumptions: [],
  });
}

/** "which of the two is slower?" after a figure of one category and then of another. */
export function amongCategories({ frame, own, before, previous }: Turn): Query | null {
  const [compare] = frame.compares;
  const [order] = frame.orders;
  const named = frame.references.find(({ count }) => count)?.count ?? 2;
  const keys = (before.categories ?? []).slice(-named);
  const [measure, ...more] = previous.goal === 'statistic' ? previous.measures : [];
  const metric = compare?.metric ?? order?.metric ?? null;
  const asks = (compare !== undefined || order !== undefined) && (metric === null || metric === measure?.metric);
  if (!asks || keys.length !== named || measure === undefined || more.length > 0 || own.length > 0) return null;
  const sameFigure = frame.aggregates.every((each) => each === measure.aggregate);
  if (!sameFigure || !saysOnly(frame, 'compare', 'order', 'ask', 'aggregate')) return null;
  const common = previous.where.filter((condition) => sortOf(condition) !== 'category');
  const sides = keys.map((key): Side => {
    const where: Condition[] = [...common, { field: 'category', op: '=', value: key }];
    return { label: key, where, measure, group: { by: 'category', key } };
  });
  const down = compare?.op === '<' || order?.direction === 'asc';
  return keep({ goal: 'compare', sides, prefer: down ? 'min' : 'max', relation: null }, previous, [], { chart: 'bar' });
}

/** "by how much?" */
export function howFarApart({ frame, previous }: Turn): Query | null {
  const [relation] = frame.relations;
  if (previous.goal !== 'compare' || relation === undefined || !saysOnly(frame, 'relation', 'ask')) return null;
  return { ...previous, relation };
}

/** "and over 3?" after "over 2 seconds": the unit is that of before. */
function inUnitOf(field: string, value: number, before: number): number {
  return field.endsWith('Ms') && before >= 1000 && value < 100 ? value * 1000 : value;
}

/** "and under?" after "over one second". */
export function otherSide({ frame, previous }: Turn): Query | null {
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

/** "and with travel?", "travel too" after "without travel" lifts the exclusion; "only travel" or "and travel?" turns it. */
const takesBackIn = (frame: Frame) =>
  frame.items.some(
    ({ tag, words }) =>
      (tag.kind === 'cue' && (tag.cue === 'also' || /\bwith$/.test(words))) ||
      /\b(includ|back in|added|again)/.test(words),
  );

/** "only hr", "without travel?", "and finance?" */
export function otherConditions({ frame, own, previous }: Turn): Query | null {
  if (
    own.length === 0 ||
    frame.has.has('versus') ||
    !saysOnly(frame, 'filter') ||
    previous.goal === 'summary' ||
    previous.goal === 'export' ||
    previous.goal === 'help'
  )
    return null;
  const lifted = takesBackIn(frame)
    ? previous.where.filter((old) => own.some((next) => sameCondition(complementOf(next), old)))
    : [];
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
  if (previous.goal === 'share' && own.every((next) => sortOf(next) === 'category'))
    return keep({ goal: 'share', of: narrowed(previous.of, own, adds) }, previous, where);
  if (previous.goal === 'compare' || previous.goal === 'countEach') {
    const limited = previous.sides.some((side) => side.where.some((old) => sortOf(old) === 'metric'));
    if (limited && own.some((next) => sortOf(next) === 'metric')) return null;
    const sides = previous.sides.map((side) => ({ ...side, where: narrowed(side.where, own, true) }));
    return keep({ ...goalOf(previous), sides } as Goal, previous, []);
  }
  return keep(goalOf(previous), previous, where);
}

/** "and which one has timed out?": the category and the limits stay, the state is a new one. */
export function narrowedQuestion({ frame, own, leads, previous }: Turn): Query | null {
  if (
    !leads ||
    own.length === 0 ||
    !saysOnly(frame, 'ask', 'filter') ||
    !['list', 'count', 'statistic', 'share'].includes(previous.goal)
  )
    return null;
  const where = narrowed(previous.where, own, false);
  if (frame.asks.includes('share')) {
    const of = previous.where.filter((condition) => sortOf(condition) === 'category');
    return of.length === 0 ? null : keep({ goal: 'share', of }, previous, where, { chart: null, assumptions: [] });
  }
  return keep(frame.asks.includes('count') ? { goal: 'count' } : { goal: 'list', limit: null }, previous, where, {
    chart: null,
    assumptions: [],
  });
}

/** "how far apart are those two?" after two prompts looked at one by one. */
export function betweenSeen({ frame, before, previous }: Turn): Query | null {
  const [relation] = frame.relations;
  const both = frame.references.some((reference) => reference.count === 2);
  if (relation !== 'difference' || !both || !saysOnly(frame, 'relation', 'ask')) return null;
  const numbers = before.rows.length === 2 ? before.rows : before.seen.slice(-2);
  if (numbers.length !== 2) return null;
  const metric = previous.goal === 'rank' ? previous.metric : 'latencyMs';
  const where: Condition[] = [{ field: 'number', op: 'in', value: [...numbers] }];
  return keep({ goal: 'statistic', measures: [{ metric, aggregate: 'range' }], relation: null }, previous, where, {
    inherited: where,
    chart: null,
    assumptions: [],
  });
}
