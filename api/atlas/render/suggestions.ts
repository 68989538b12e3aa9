import type { Row } from '../../contract/row.js';
import type { Query } from '../plan.js';

const GENERAL = [
  'Give me a summary',
  'Which prompts failed?',
  'What is the p95 latency?',
  'Which prompts were slowest?',
  'Show the latency distribution',
  'Export everything as CSV',
];

/** Questions that go on from this answer, and that do work. */
export function suggestionsAfter(queries: readonly Query[], rows: readonly Row[]): string[] {
  const [query] = queries;
  const category = rows.find((row) => row.category !== null)?.category;
  const byCategory = category === undefined ? [] : ['Average latency by category'];
  const specific = query === undefined ? [] : (FOLLOWING[query.goal] ?? []);
  return [...new Set([...specific, ...byCategory, ...GENERAL])].slice(0, 4);
}

const FOLLOWING: Partial<Record<Query['goal'], string[]>> = {
  statistic: ['What is the p95 latency?', 'Show the latency distribution', 'Which prompts were slowest?'],
  rank: ['Show the latency distribution', 'Any latency outliers?', 'What is the median latency?'],
  list: ['What percentage failed?', 'Which responses were truncated?', 'Which responses ask a follow-up question?'],
  count: ['Which prompts failed?', 'Status breakdown', 'Which responses were truncated?'],
  share: ['Which prompts failed?', 'Status breakdown', 'Which responses were truncated?'],
  histogram: ['Any latency outliers?', 'What is the median latency?', 'Bar chart with the latency of every prompt'],
  bars: ['Any latency outliers?', 'Which prompts were slowest?', 'Show the latency distribution'],
  summary: ['Which prompts failed?', 'Which prompts were slowest?', 'What is the p95 latency?'],
  export: ['Give me a summary', 'Export everything as PDF', 'Export everything as Excel'],
  grouped: ['How many prompts in each category?', 'Which category is slowest?', 'Status breakdown'],
  groupedCount: ['Which prompts failed?', 'Status breakdown', 'What is the success rate?'],
};

/** Where nothing was understood. */
export const suggestionsInstead = (): string[] => GENERAL.slice(0, 4);
