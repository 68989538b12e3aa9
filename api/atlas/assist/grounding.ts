import type { Metric } from '../../contract/answer.js';
import type { Row } from '../../contract/row.js';
import type { Condition, Field } from '../plan.js';
import type { Item, MetricName, Tag } from '../tags.js';
import type { AssistedCondition, AssistedQuery } from './plan-schema.js';

/** What a plan is held against. */
export interface Asked {
  question: string;
  /** What the language could read of the question. */
  items: readonly Item[];
  rows: readonly Row[];
}

/**
 * Whether a plan adds nothing to the question: its names and numbers stand there, its prompts and categories exist,
 * and where the language could read a metric, an aggregate or a filter, the plan has that and no other.
 */
export function isGrounded(queries: readonly AssistedQuery[], asked: Asked): boolean {
  return (
    queries.flatMap(conditionsOf).every((condition) => isConditionGrounded(condition, asked)) &&
    queries.flatMap(metricsOf).every((metric) => isMetricGrounded(metric, asked)) &&
    queries.flatMap(aggregatesOf).every((aggregate) => isAggregateGrounded(aggregate, asked)) &&
    queries.every((query) => query.goal !== 'rank' || isLimitGrounded(query.limit, asked)) &&
    keepsFilters(queries, asked)
  );
}

const conditionsOf = (query: AssistedQuery): AssistedCondition[] => [
  ...('where' in query ? query.where : []),
  ...('of' in query ? query.of : []),
];

const metricsOf = (query: AssistedQuery): Metric[] => [
  ...('measures' in query ? query.measures.map(({ metric }) => metric) : []),
  ...('metric' in query ? [query.metric] : []),
];

const aggregatesOf = (query: AssistedQuery): string[] =>
  'measures' in query ? query.measures.map(({ aggregate }) => aggregate) : [];

function isConditionGrounded(condition: AssistedCondition, asked: Asked): boolean {
  switch (condition.field) {
    case 'number':
      return condition.value.every((number) => isPromptGrounded(number, asked));
    case 'category':
      return (
        asked.rows.some((row) => isSame(row.category, condition.value)) && isHinted(condition.value, asked.question)
      );
    case 'finishReason':
      return asked.rows.some((row) => isSame(row.finishReason, condition.value));
    case 'prompt':
    case 'response':
      return isQuoted(condition.value, asked.question);
    default:
      return (
        typeof condition.value !== 'number' || isThresholdGrounded(condition.field as Metric, condition.value, asked)
      );
  }
}

const tagsOf = <Kind extends Tag['kind']>({ items }: Asked, kind: Kind) =>
  items.map(({ tag }) => tag).filter((tag): tag is Extract<Tag, { kind: Kind }> => tag.kind === kind);

const isSame = (value: string | null, named: string) => value?.toLowerCase() === named.toLowerCase();

/** Words parted and surrounded by single spaces. */
const spaced = (text: string) =>
  ` ${
    text
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu)
      ?.join(' ') ?? ''
  } `;

/** "code" may stand for "coding": the first three letters of one of its words do. */
const isHinted = (name: string, question: string) =>
  (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => spaced(question).includes(` ${word.slice(0, 3)}`));

const isQuoted = (text: string, question: string) =>
  spaced(text).trim() !== '' && spaced(question).includes(spaced(text));

function isPromptGrounded(number: number, asked: Asked): boolean {
  const named = tagsOf(asked, 'prompts').some(({ numbers }) => numbers.includes(number));
  const counted = tagsOf(asked, 'ordinal').some(({ value }) => value === number);
  return asked.rows.some((row) => row.number === number) && (named || counted || standsAlone(number, asked));
}

/** A number without a unit. */
const standsAlone = (number: number, asked: Asked) =>
  tagsOf(asked, 'quantity').some(({ value, unit }) => value === number && unit === null);

const UNITS: Partial<Record<Metric, string>> = {
  latencyMs: 'ms',
  firstTokenMs: 'ms',
  tokensPerSecond: 'tokens/s',
  attempts: 'attempts',
};

const isThresholdGrounded = (metric: Metric, limit: number, asked: Asked) =>
  tagsOf(asked, 'quantity').some(({ value, unit }) => value === limit && (unit === null || unit === UNITS[metric]));

/** "The slowest prompt" is one and "the slowest prompts" are three, without a number. */
const isLimitGrounded = (limit: number, asked: Asked) => [1, 3].includes(limit) || standsAlone(limit, asked);

const READINGS: Partial<Record<MetricName, readonly MetricName[]>> = {
  tokens: ['inputTokens', 'outputTokens', 'totalTokens'],
  length: ['outputTokens', 'characters', 'words'],
  text: ['outputTokens', 'characters', 'words'],
  longest: ['latencyMs', 'outputTokens', 'characters', 'words'],
  speed: ['latencyMs', 'firstTokenMs', 'tokensPerSecond'],
};

/** Where the question names metrics, it is one of those. */
function isMetricGrounded(metric: Metric, asked: Asked): boolean {
  const named = [
    ...tagsOf(asked, 'metric').map((tag) => tag.metric),
    ...tagsOf(asked, 'order').flatMap((tag) => tag.metric ?? []),
    ...tagsOf(asked, 'compare').flatMap((tag) => tag.metric ?? []),
  ];
  return named.length === 0 || named.some((name) => (READINGS[name] ?? [name]).includes(metric));
}

/** Where the question names aggregates, it is one of those; a percentile is never a guess. */
function isAggregateGrounded(aggregate: string, asked: Asked): boolean {
  const named = tagsOf(asked, 'aggregate').flatMap(({ aggregates }) => aggregates);
  return named.includes(aggregate) || (named.length === 0 && !/^p\d/.test(aggregate));
}

/** What the language read as a filter is not dropped: an average of all would pass for one of the failed prompts. */
function keepsFilters(queries: readonly AssistedQuery[], asked: Asked): boolean {
  const read = tagsOf(asked, 'filter').flatMap(({ where }) => fieldsOf(where));
  const kept = queries.flatMap((query): Field[] => [
    ...conditionsOf(query).map(({ field }) => field),
    ...('by' in query ? [query.by] : []),
  ]);
  return read.every((field) => kept.some((other) => topic(other) === topic(field)));
}

function fieldsOf(condition: Condition): Field[] {
  if ('any' in condition) return condition.any.flatMap(fieldsOf);
  if ('all' in condition) return condition.all.flatMap(fieldsOf);
  return 'not' in condition ? fieldsOf(condition.not) : [condition.field];
}

/** A failure may be said in several ways. */
const topic = (field: Field) => (/^(failed|status|error\.)/.test(field) ? 'outcome' : field);
