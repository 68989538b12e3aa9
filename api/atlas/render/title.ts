import type { Query } from '../plan.js';
import { DIMENSION_NAMES, METRIC_NAMES, measureName } from './names.js';

const cap = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The name of a query's chart. */
export function titleOf(query: Query): string {
  switch (query.goal) {
    case 'grouped':
      return cap(
        `${measureName(query.measures[0]?.aggregate ?? 'mean', query.measures[0]?.metric ?? 'latencyMs')} by ${DIMENSION_NAMES[query.by]}`,
      );
    case 'groupedCount':
      return `Prompts by ${DIMENSION_NAMES[query.by]}`;
    case 'groupedShare':
      return `Share by ${DIMENSION_NAMES[query.by]}`;
    case 'statistic':
      return `Distribution of ${METRIC_NAMES[query.measures[0]?.metric ?? 'latencyMs']}`;
    case 'rank':
    case 'bars':
      return `${cap(METRIC_NAMES[query.metric])} by prompt`;
    case 'histogram':
    case 'outliers':
      return `Distribution of ${METRIC_NAMES[query.metric]}`;
    default:
      return 'Distribution of latency';
  }
}
