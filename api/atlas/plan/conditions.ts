import type { Metric } from '../../contract/answer.js';
import { METRICS } from '../../contract/limits.js';
import type { Condition, Field } from '../plan.js';

const isFlag = (condition: Condition) =>
  'field' in condition && typeof condition.value === 'boolean' && condition.op === '=';

/** The prompts that have no such figure. A missing value satisfies no comparison. */
export const missing = (field: Metric): Condition => ({ not: { field, op: '>=', value: 0 } });

/** The rows that do not satisfy it, in the plainest form. */
export function complementOf(condition: Condition): Condition {
  if ('not' in condition) return condition.not;
  if ('field' in condition && isFlag(condition)) return { ...condition, value: !condition.value } as Condition;
  if ('field' in condition && condition.op in OPPOSITE && METRIC_FIELDS.has(condition.field))
    return { ...condition, op: OPPOSITE[condition.op] } as Condition;
  return { not: condition };
}

const OPPOSITE: Record<string, string> = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

/** The field that a condition speaks of, if it is one. */
export function fieldOf(condition: Condition): Field | null {
  if ('field' in condition) return condition.field;
  if ('not' in condition) return fieldOf(condition.not);
  const [first, ...rest] = ('any' in condition ? condition.any : condition.all).map(fieldOf);
  return first !== undefined && rest.every((field) => field === first) ? first : null;
}

const METRIC_FIELDS = new Set<string>(METRICS);

/** Conditions of one sort take each other's place in a follow-up: another category, another flag, another limit. */
export function sortOf(condition: Condition): 'category' | 'state' | 'metric' | 'prompt' | 'text' | 'mixed' {
  const field = fieldOf(condition);
  if (field === null) return 'mixed';
  if (field === 'category') return 'category';
  if (field === 'number') return 'prompt';
  if (field === 'prompt' || field === 'response') return 'text';
  return METRIC_FIELDS.has(field) ? 'metric' : 'state';
}

/** No row can satisfy both: two categories, two statuses. */
export function excludeEachOther(a: Condition, b: Condition): boolean {
  if (!('field' in a) || !('field' in b)) return false;
  if (a.field === 'number' && b.field === 'number')
    return ![a.value].flat().some((number) => [b.value].flat().includes(number));
  if (a.op !== '=' || b.op !== '=') return false;
  if (a.field === b.field && typeof a.value === 'string') return a.value !== b.value;
  const states = [a, b].filter((each) => ['status', 'failed', 'error.type', 'error.httpStatus'].includes(each.field));
  if (a.value === false || b.value === false) return false;
  const flags = [a, b].filter(
    (each) =>
      ['truncated', 'incomplete', 'asksFollowUp', 'refusal', 'empty'].includes(each.field) && each.value === true,
  );
  if (flags.length === 2)
    return (
      flags.some((each) => each.field === 'empty') &&
      flags.some((each) => each.field === 'refusal' || each.field === 'asksFollowUp')
    );
  if (flags.length === 1 && states.length === 1) return !(states[0]?.field === 'status' && states[0].value === 'ok');
  const status = states.find((each) => each.field === 'status')?.value;
  const type = states.find((each) => each.field === 'error.type')?.value;
  if (status !== undefined && type !== undefined && status !== 'error') return status !== type;
  return (
    states.length === 2 && states.some((each) => each.field === 'status' && each.value === 'ok') && a.field !== b.field
  );
}

/** "successful, so without an error and without a timeout": what the first is, the others say once more. */
export function deniesAnyhow(a: Condition, b: Condition): boolean {
  if ('not' in b) return excludeEachOther(a, b.not);
  return 'field' in b && b.op === '=' && b.value === false && excludeEachOther(a, { ...b, value: true });
}

export const sameCondition = (a: Condition, b: Condition) => JSON.stringify(a) === JSON.stringify(b);

/** `and` without saying anything twice. */
export function both(list: readonly Condition[], more: readonly Condition[]): Condition[] {
  return [...list, ...more.filter((condition) => !list.some((known) => sameCondition(known, condition)))];
}
