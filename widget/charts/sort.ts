import type { Cell } from '../../api/contract/answer.js';

export interface Sorting {
  column: number;
  direction: 'ascending' | 'descending';
}

/** The rows by one column; what is missing comes last either way, and ties keep their order. */
export function sortRows(rows: readonly (readonly Cell[])[], sorting: Sorting, lang: string): (readonly Cell[])[] {
  const collator = new Intl.Collator(lang, { numeric: true });
  const sign = sorting.direction === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [left, right] = [a[sorting.column] ?? null, b[sorting.column] ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
    return sign * collator.compare(String(left), String(right));
  });
}
