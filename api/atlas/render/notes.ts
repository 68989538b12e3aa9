import type { Row } from '../../contract/row.js';
import type { Result } from '../table.js';
import { METRIC_NAMES, plural } from './names.js';

const SMALL = 10;

/** What an answer is over, and what should be borne in mind. Numbers are the result's own. */
export function notesOf(result: Result, rows: readonly Row[]): string[] {
  return [scope(result, rows), ...assumptions(result), smallSample(result), tail(result), outside(result)].filter(
    (note) => note !== '',
  );
}

function scope(result: Result, rows: readonly Row[]): string {
  const { query } = result;
  const metric =
    query.goal === 'statistic'
      ? query.measures[0]?.metric
      : query.goal === 'rank' || query.goal === 'histogram' || query.goal === 'bars'
        ? query.metric
        : undefined;
  if (metric === undefined || (query.goal === 'statistic' && result.n < 2)) return '';
  const without = result.n < result.matched;
  if (query.goal === 'rank')
    return without
      ? `Prompts without a value for ${METRIC_NAMES[metric]}, such as ${rows.some((row) => row.status === 'timeout') ? 'timeouts' : 'failed ones'}, are not ranked.`
      : '';
  return `Over ${plural(result.n, 'prompt')}${without ? ` that ${result.n === 1 ? 'has' : 'have'} a value; the others, such as failed ones, are left out` : ''}.`;
}

function assumptions({ query }: Result): string[] {
  const said: string[] = [];
  if (query.assumptions.includes('length'))
    said.push('Length is taken in output tokens; ask for words or characters if you mean those.');
  if (query.assumptions.includes('tokens')) {
    const metric = 'metric' in query ? query.metric : 'measures' in query ? query.measures[0]?.metric : undefined;
    if (metric !== undefined) said.push(`“Tokens” is taken as ${METRIC_NAMES[metric]}.`);
  }
  return said;
}

/** Once is enough: of a high percentile the tail says it. */
function smallSample(result: Result): string {
  const { query, n } = result;
  if (tail(result) !== '') return '';
  return query.goal === 'statistic' && n > 1 && n < SMALL ? 'So few values make this a rough figure.' : '';
}

/** At ten or twenty prompts a high percentile is nearly the maximum. */
function tail({ query, n }: Result): string {
  if (query.goal !== 'statistic' || n < 2) return '';
  const high = query.measures.some(
    ({ aggregate }) => /^p\d/.test(aggregate) && Number(aggregate.slice(1)) >= 90 && Number(aggregate.slice(1)) < 100,
  );
  return high ? 'With so few prompts a high percentile is nearly the maximum.' : '';
}

function outside({ query, values }: Result): string {
  const tied = query.goal === 'rank' ? values[1]?.value : undefined;
  return tied ? `${plural(tied, 'more prompt')} tie${tied === 1 ? 's' : ''} with the last of them.` : '';
}
