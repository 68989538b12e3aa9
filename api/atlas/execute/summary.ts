import type { Row } from '../../contract/row.js';
import { metricValues } from '../../results/aggregate.js';
import type { Query } from '../plan.js';
import { select } from '../select.js';
import type { Result } from '../table.js';
import { count, measured } from './aggregate.js';
import { distributionOf } from './charts.js';

/** The run at a glance: what went well, what did not, how fast, how much. */
export function executeSummary(query: Query & { goal: 'summary' }, rows: readonly Row[], title: string): Result {
  const matching = select(rows, query.where);
  const is = (status: Row['status']) => matching.filter((row) => row.status === status).length;
  const flagged = (flag: 'truncated' | 'incomplete' | 'asksFollowUp' | 'refusal' | 'empty') =>
    matching.filter((row) => row[flag]).length;
  const slowest = matching
    .filter((row) => row.latencyMs !== null)
    .sort((a, b) => (b.latencyMs ?? 0) - (a.latencyMs ?? 0))[0];
  const counts: [string, number][] = [
    ['Prompts', matching.length],
    ['OK', is('ok')],
    ['Errors', is('error')],
    ['Timeouts', is('timeout')],
    ['Cancelled', is('cancelled')],
    ['Truncated', flagged('truncated')],
    ['Seem incomplete', flagged('incomplete')],
    ['Ask a follow-up', flagged('asksFollowUp')],
    ['Refusals', flagged('refusal')],
    ['Empty', flagged('empty')],
  ];
  return {
    query,
    rows: slowest === undefined ? [] : [slowest.number],
    values: [
      count(matching.length),
      count(is('ok')),
      count(is('error') + is('timeout')),
      measured(matching, 'latencyMs', 'median'),
      measured(matching, 'latencyMs', 'p95'),
      measured(matching, 'latencyMs', 'mean'),
      measured(matching, 'latencyMs', 'max'),
      measured(matching, 'firstTokenMs', 'median'),
      measured(matching, 'tokensPerSecond', 'mean'),
      measured(matching, 'totalTokens', 'sum'),
    ].filter(({ value }) => value !== null),
    groups: [],
    table: { columns: ['', 'Prompts'], rows: counts.filter(([name, value]) => value > 0 || name === 'OK') },
    chart: distributionOf(matching, 'latencyMs', title),
    matched: matching.length,
    n: metricValues(matching, 'latencyMs').length,
  };
}
