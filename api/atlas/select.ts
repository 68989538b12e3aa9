import type { Row } from '../contract/row.js';
import type { Condition, Field, Scalar } from './plan.js';

/** A field's value; null where the row has none. `failed` is status error or timeout. */
export function fieldValue(row: Row, field: Field): Scalar | null {
  if (field === 'failed') return row.status === 'error' || row.status === 'timeout';
  if (field === 'error.type') return row.error?.type ?? null;
  if (field === 'error.httpStatus') return row.error?.httpStatus ?? null;
  return row[field] ?? null;
}

const folded = (value: Scalar | null) => (typeof value === 'string' ? value.toLowerCase() : value);

export function holds(row: Row, condition: Condition): boolean {
  if ('any' in condition) return condition.any.some((each) => holds(row, each));
  if ('all' in condition) return condition.all.every((each) => holds(row, each));
  if ('not' in condition) return !holds(row, condition.not);
  const value = folded(fieldValue(row, condition.field));
  switch (condition.op) {
    case '=':
      return value === folded(condition.value);
    case '!=':
      return value !== folded(condition.value);
    case 'in':
      return condition.value.map(folded).includes(value);
    case 'contains':
      return value !== null && String(value).includes(condition.value.toLowerCase());
    case 'not contains':
      return value === null || !String(value).includes(condition.value.toLowerCase());
    case 'between': {
      const [low = 0, high = 0] = condition.value;
      return value !== null && value >= low && value <= high;
    }
    default:
      return value !== null && inOrder(value, condition.op, condition.value);
  }
}

function inOrder(value: Scalar, op: '<' | '<=' | '>' | '>=', limit: Scalar): boolean {
  if (op === '<') return value < limit;
  if (op === '<=') return value <= limit;
  return op === '>' ? value > limit : value >= limit;
}

export const select = (rows: readonly Row[], where: readonly Condition[]): Row[] =>
  rows.filter((row) => where.every((condition) => holds(row, condition)));
