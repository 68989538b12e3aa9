import type { Row } from '../../../contract/row.js';
import { metricValues } from '../../../results/aggregate.js';
import type { Query } from '../../plan.js';
import { select } from '../../select.js';

/** "the fastest answer, and how many words has it?": which prompt that is, the same question has just asked. */
export function justRanked(query: Query | undefined, rows: readonly Row[]): number[] {
  if (query?.goal !== 'rank' || query.limit !== 1 || query.rank !== null) return [];
  const { metric, direction } = query;
  const having = select(rows, query.where).filter((row) => metricValues([row], metric).length > 0);
  const values = metricValues(having, metric);
  const end = direction === 'desc' ? Math.max(...values) : Math.min(...values);
  return having.filter((row) => row[metric] === end).map((row) => row.number);
}
