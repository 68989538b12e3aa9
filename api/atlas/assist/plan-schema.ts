import { type Static, Type } from 'typebox';
import { ERROR_TYPES } from '../../contract/errors.js';
import { EXPORT_FORMATS, METRICS } from '../../contract/limits.js';
import { ROW_STATUSES } from '../../contract/row.js';
import { DIMENSIONS } from '../plan.js';

/** Strict schemas of some vendors ask for the type of every property. */
const Text = { type: 'string' } as const;
const Strict = { additionalProperties: false };
const MetricName = Type.Enum([...METRICS], Text);
const AggregateName = Type.String({ pattern: '^(sum|mean|median|min|max|range|stddev|iqr|p\\d{1,2}|p100)$' });
const Dimension = Type.Enum([...DIMENSIONS], Text);
const Pick = Type.Union([Type.Literal('max'), Type.Literal('min'), Type.Null()]);

const FLAGS = ['failed', 'truncated', 'incomplete', 'asksFollowUp', 'refusal', 'empty'] as const;

/** One condition on a row. Several narrow together. */
export const AssistedCondition = Type.Union([
  Type.Object({ field: Type.Enum([...FLAGS], Text), op: Type.Literal('='), value: Type.Boolean() }, Strict),
  Type.Object(
    { field: Type.Enum([...METRICS], Text), op: Type.Enum(['<', '<=', '>', '>=', '='], Text), value: Type.Number() },
    Strict,
  ),
  Type.Object(
    {
      field: Type.Literal('number'),
      op: Type.Literal('in'),
      value: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 20 }),
    },
    Strict,
  ),
  Type.Object(
    {
      field: Type.Enum(['category', 'finishReason'], Text),
      op: Type.Enum(['=', '!='], Text),
      value: Type.String({ minLength: 1, maxLength: 80 }),
    },
    Strict,
  ),
  Type.Object(
    { field: Type.Literal('status'), op: Type.Enum(['=', '!='], Text), value: Type.Enum([...ROW_STATUSES], Text) },
    Strict,
  ),
  Type.Object(
    { field: Type.Literal('error.type'), op: Type.Enum(['=', '!='], Text), value: Type.Enum([...ERROR_TYPES], Text) },
    Strict,
  ),
  Type.Object(
    {
      field: Type.Enum(['prompt', 'response'], Text),
      op: Type.Enum(['contains', 'not contains'], Text),
      value: Type.String({ minLength: 1, maxLength: 80 }),
    },
    Strict,
  ),
]);
export type AssistedCondition = Static<typeof AssistedCondition>;

const where = Type.Array(AssistedCondition, { maxItems: 6 });
const part = Type.Array(AssistedCondition, { minItems: 1, maxItems: 6 });
const measures = Type.Array(Type.Object({ metric: MetricName, aggregate: AggregateName }, Strict), {
  minItems: 1,
  maxItems: 6,
});

/** One thing asked: the part of the plan's language that a model may write. */
export const AssistedQuery = Type.Union([
  Type.Object({ goal: Type.Literal('statistic'), measures, where }, Strict),
  Type.Object({ goal: Type.Literal('grouped'), by: Dimension, measures, pick: Pick, where }, Strict),
  Type.Object({ goal: Type.Literal('groupedCount'), by: Dimension, pick: Pick, where }, Strict),
  Type.Object({ goal: Type.Literal('count'), where }, Strict),
  Type.Object({ goal: Type.Literal('share'), of: part, where }, Strict),
  Type.Object({ goal: Type.Literal('list'), where }, Strict),
  Type.Object(
    {
      goal: Type.Literal('rank'),
      metric: MetricName,
      direction: Type.Enum(['asc', 'desc'], Text),
      limit: Type.Integer({ minimum: 1, maximum: 20 }),
      where,
    },
    Strict,
  ),
  Type.Object({ goal: Type.Literal('histogram'), metric: MetricName, where }, Strict),
  Type.Object({ goal: Type.Literal('outliers'), metric: MetricName, where }, Strict),
  Type.Object({ goal: Type.Literal('export'), format: Type.Enum([...EXPORT_FORMATS], Text) }, Strict),
  Type.Object({ goal: Type.Literal('summary') }, Strict),
]);
export type AssistedQuery = Static<typeof AssistedQuery>;

/** No queries: the data cannot answer it. */
export const AssistedPlan = Type.Object({ queries: Type.Array(AssistedQuery, { maxItems: 4 }) }, Strict);
export type AssistedPlan = Static<typeof AssistedPlan>;
