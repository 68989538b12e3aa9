import type { Condition, Conversation, Measure, Query, Side } from '../../plan.js';
import { fieldOf, sameCondition, sortOf } from '../conditions.js';
import type { Frame } from '../frame.js';
import { preference } from '../goals/side-measure.js';
import { saysOnly } from './turn.js';

interface Operand {
  measure: Measure;
  where: Condition[];
}

/** "how much higher is that than the median?", "twice as long as prompt 5?": the other side is the last answer. */
export function againstBefore(frame: Frame, own: readonly Condition[], last: Conversation): Query | null {
  const holds = frame.has.has('relation') || frame.compares.length > 0;
  const asks = frame.asks.every((ask) => ask === 'show');
  if (last.query === null || last.lost || !holds || !asks) return null;
  if (!saysOnly(frame, 'relation', 'compare', 'versus', 'aggregate', 'filter', 'prompts')) return null;
  const before = lastOperand(last.query, last);
  const named = before && namedOperand(frame, own, before);
  if (!before || !named || !speaksOf(frame, before.measure)) return null;
  const [relation = null] = frame.relations;
  const common = { inherited: before.where, assumptions: last.query.assumptions };
  if (named.where === before.where)
    return {
      goal: 'statistic',
      measures: [before.measure, named.measure],
      relation: relation ?? 'difference',
      where: before.where,
      chart: null,
      ...common,
    };
  const sides = [before, named].map(sideOf);
  const prefer = preference(frame, before.measure.metric);
  return { goal: 'compare', sides, prefer, relation, where: [], chart: 'bar', ...common, inherited: [] };
}

/** The one figure of the last answer and what it is of. */
function lastOperand(query: Query, last: Conversation): Operand | null {
  if (query.goal === 'statistic') {
    const [measure] = query.measures;
    return measure === undefined || query.relation !== null ? null : { measure, where: query.where };
  }
  const [row, ...more] = last.rows;
  if (query.goal === 'rank' && query.limit === 1 && row !== undefined && more.length === 0)
    return { measure: { metric: query.metric, aggregate: 'mean' }, where: [{ field: 'number', op: '=', value: row }] };
  const group = query.goal === 'grouped' && query.pick !== null ? last.group : null;
  const [measure] = query.goal === 'grouped' ? query.measures : [];
  if (group?.by !== 'category' || measure === undefined || query.where.length > 0) return null;
  return { measure, where: [{ field: 'category', op: '=', value: group.key }] };
}

/** A figure of the same rows, or the same figure of another group or prompt. */
function namedOperand(frame: Frame, own: readonly Condition[], before: Operand): Operand | null {
  const [aggregate, ...more] = frame.aggregates;
  const [condition, ...others] = own;
  const [known, ...further] = before.where;
  if (more.length > 0 || others.length > 0) return null;
  const held = frame.items.some(({ tag, words }) => tag.kind === 'versus' || / (than|as)$/.test(words));
  if (aggregate !== undefined && condition === undefined) {
    const measure = { ...before.measure, aggregate };
    const ofPrompt = known !== undefined && fieldOf(known) === 'number';
    if (!held || (aggregate === before.measure.aggregate && !ofPrompt)) return null;
    return { measure, where: ofPrompt ? [] : before.where };
  }
  if (aggregate !== undefined || condition === undefined || known === undefined || further.length > 0) return null;
  const alike = sortOf(known) === sortOf(condition) && /^(category|prompt)$/.test(sortOf(known));
  return alike && !sameCondition(known, condition) ? { measure: before.measure, where: [condition] } : null;
}

/** "slower" after a figure of time, "longer" after any. */
function speaksOf(frame: Frame, { metric }: Measure): boolean {
  const timed = metric === 'latencyMs' || metric === 'firstTokenMs';
  const named = frame.compares.every(
    (compare) => compare.metric === undefined || compare.metric === 'longest' || timed,
  );
  const slower = frame.items.some(
    ({ tag, words }) => tag.kind === 'relation' && /slow|fast|quick|second|\bms\b/.test(words),
  );
  return named && (!slower || timed);
}

function sideOf({ measure, where }: Operand): Side {
  const [condition] = where;
  if (condition === undefined) return { label: `all (${measure.aggregate})`, where, measure, group: null };
  const value = 'value' in condition ? String([condition.value].flat()[0]) : '';
  return fieldOf(condition) === 'category'
    ? { label: value, where, measure, group: { by: 'category', key: value } }
    : { label: `prompt ${value}`, where, measure, group: null };
}
