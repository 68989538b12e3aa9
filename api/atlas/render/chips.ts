import type { Metric } from '../../contract/answer.js';
import { INHERITED_CHIP, METRICS } from '../../contract/limits.js';
import type { Condition, Field, Query } from '../plan.js';
import { aggregateName, DIMENSION_NAMES, duration, list, METRIC_NAMES } from './names.js';

const FLAG_NAMES: Partial<Record<Field, [yes: string, no: string]>> = {
  truncated: ['truncated', 'not truncated'],
  incomplete: ['seems incomplete', 'not incomplete'],
  asksFollowUp: ['asks a follow-up', 'asks no follow-up'],
  refusal: ['refusal', 'no refusal'],
  empty: ['empty', 'not empty'],
  failed: ['failed', 'not failed'],
};

/** How a condition was read, in a few words. */
export function chipOf(condition: Condition): string {
  if ('any' in condition) return condition.any.map(chipOf).join(' or ');
  if ('all' in condition) return condition.all.map(chipOf).join(' and ');
  if ('not' in condition) return lackChip(condition.not) ?? `not ${chipOf(condition.not)}`;
  const { field, op, value } = condition;
  const flag = FLAG_NAMES[field];
  if (flag && typeof value === 'boolean') return flag[value === (op === '=') ? 0 : 1];
  if (field === 'number' && (op === '<' || op === '>')) return `prompts ${op} ${value}`;
  if (field === 'number') {
    const numbers = [value].flat().map(String);
    return `${numbers.length === 1 ? 'prompt' : 'prompts'} ${list(numbers)}`;
  }
  if (field === 'status' || field === 'category') return op === '=' ? `${field}: ${value}` : `${field} ${op} ${value}`;
  if (field === 'error.type') return `error: ${value}`;
  if (field === 'error.httpStatus')
    return op === 'between' ? `HTTP ${[value].flat()[0]} to ${[value].flat()[1]}` : `HTTP ${value}`;
  if (field === 'finishReason') return `finish reason: ${value}`;
  if (op === 'contains' || op === 'not contains') return `${field} ${op === 'contains' ? 'has' : 'lacks'} “${value}”`;
  const name = METRICS.includes(field as Metric) ? METRIC_NAMES[field as Metric] : field;
  const shown = [value]
    .flat()
    .map((each) => (field === 'latencyMs' || field === 'firstTokenMs' ? duration(Number(each)) : String(each)));
  return op === 'between' ? `${name} ${shown[0]} to ${shown[1]}` : `${name} ${op} ${shown[0]}`;
}

/** No value is below zero: what is not at least zero is missing. */
function lackChip(condition: Condition): string | null {
  const lacks = 'field' in condition && condition.op === '>=' && condition.value === 0;
  return lacks ? `no ${METRIC_NAMES[condition.field as Metric]}` : null;
}

/** How the question was read, a chip each. Conditions kept from an earlier turn say so and can be taken away. */
export function chipsOf(query: Query): string[] {
  const conditions = query.where.map(
    (condition) => (query.inherited.includes(condition) ? INHERITED_CHIP : '') + chipOf(condition),
  );
  const sides = 'sides' in query ? query.sides.map((side) => side.label || side.where.map(chipOf).join(', ')) : [];
  return [...new Set([...goalChips(query), ...sides, ...conditions].filter((chip) => chip !== ''))];
}

function goalChips(query: Query): string[] {
  switch (query.goal) {
    case 'statistic':
    case 'grouped':
      return [
        ...new Set(query.measures.map(({ aggregate }) => aggregateName(aggregate))),
        ...new Set(query.measures.map(({ metric }) => METRIC_NAMES[metric])),
        ...(query.goal === 'grouped' ? [`by ${DIMENSION_NAMES[query.by]}`] : []),
      ];
    case 'groupedCount':
      return ['count', `by ${DIMENSION_NAMES[query.by]}`];
    case 'groupedShare':
      return ['share', `by ${DIMENSION_NAMES[query.by]}`];
    case 'rank':
      return [
        METRIC_NAMES[query.metric],
        query.direction === 'desc' ? 'highest first' : 'lowest first',
        query.rank !== null ? `rank ${query.rank}` : query.limit === null ? 'all' : `top ${query.limit}`,
      ];
    case 'share':
      return [
        'share',
        ...(query.of.length > 0 ? query.of.map((condition) => `of ${chipOf(condition)}`) : ['of all prompts']),
      ];
    case 'compare': {
      const measure = query.sides[0]?.measure;
      return measure ? ['comparison', aggregateName(measure.aggregate), METRIC_NAMES[measure.metric]] : ['comparison'];
    }
    case 'countEach':
      return ['count of each'];
    case 'histogram':
      return ['distribution', METRIC_NAMES[query.metric]];
    case 'bars':
      return ['a bar for each prompt', METRIC_NAMES[query.metric]];
    case 'outliers':
      return ['outliers', METRIC_NAMES[query.metric], '1.5 × IQR'];
    case 'association':
      return ['association', ...query.metrics.map((metric) => METRIC_NAMES[metric])];
    case 'export':
      return ['export', query.format];
    case 'list':
      return query.limit
        ? [query.limit.count === 1 ? `${query.limit.from} one` : `${query.limit.from} ${query.limit.count}`]
        : ['list'];
    case 'fact':
      return [query.fact];
    default:
      return [query.goal];
  }
}

/** The query without the conditions whose chips were taken away. */
export function withoutChips(query: Query, removed: readonly string[]): Query {
  const stays = (condition: Condition) =>
    !removed.includes(chipOf(condition)) && !removed.includes(INHERITED_CHIP + chipOf(condition));
  return { ...query, where: query.where.filter(stays), inherited: query.inherited.filter(stays) };
}
