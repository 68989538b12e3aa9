import type { Chart, Group, Table, Value } from '../contract/answer.js';
import type { Query } from './plan.js';

/** What a query came to, in figures: all that rendering may speak of. */
export interface Result {
  query: Query;
  /** The prompts the answer is about, in its order. */
  rows: number[];
  values: Value[];
  groups: Group[];
  table: Table | null;
  chart: Chart | null;
  /** Rows that match the conditions. */
  matched: number;
  /** Of these, rows that have the metric. */
  n: number;
}
