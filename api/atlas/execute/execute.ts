import type { Cell, Table, Value } from '../../contract/answer.js';
import type { Row } from '../../contract/row.js';
import { metricValues } from '../../results/aggregate.js';
import { ascending, outlierFences } from '../../results/statistics.js';
import type { Query, Side } from '../plan.js';
import { select } from '../select.js';
import type { Result } from '../table.js';
import { count, measured, share } from './aggregate.js';
import { correlation } from './association.js';
import { barsOf, distributionOf } from './charts.js';
import { executeGrouped } from './groups.js';
import { executeSummary } from './summary.js';
import { promptCard, promptTable } from './tables.js';

/** Computes one query over the rows. Every figure an answer may speak of is in the result. */
export function execute(query: Query, rows: readonly Row[], title: string): Result {
  switch (query.goal) {
    case 'grouped':
    case 'groupedCount':
    case 'groupedShare':
      return executeGrouped(query, rows, title);
    case 'summary':
      return executeSummary(query, rows, title);
    case 'rank':
      return executeRank(query, rows, title);
    case 'statistic':
      return executeStatistic(query, rows, title);
    case 'compare':
    case 'countEach':
      return executeSides(query, rows);
    case 'share':
      return executeShare(query, rows);
    case 'histogram':
    case 'bars':
      return executeChart(query, rows, title);
    case 'outliers':
      return executeOutliers(query, rows, title);
    case 'association':
      return executeAssociation(query, rows);
    case 'count':
    case 'list':
      return executeRows(query, rows);
    default:
      return { ...blank(query), matched: rows.length };
  }
}

const blank = (query: Query): Result => ({
  query,
  rows: [],
  values: [],
  groups: [],
  table: null,
  chart: null,
  matched: 0,
  n: 0,
});
const numbers = (rows: readonly Row[]) => rows.map((row) => row.number);

function executeStatistic(query: Query & { goal: 'statistic' }, rows: readonly Row[], title: string): Result {
  const matching = select(rows, query.where);
  const metric = query.measures[0]?.metric ?? 'latencyMs';
  const values = query.measures.map((measure) => measured(matching, measure.metric, measure.aggregate));
  const withMetric = matching.filter((row) => metricValues([row], metric).length > 0);
  const [only] = withMetric.length === 1 ? withMetric : matching.length === 1 ? matching : [];
  const [a, b] = values;
  const apart = categoriesOf(query).map((key) =>
    measured(
      matching.filter((row) => row.category === key),
      metric,
      query.measures[0]?.aggregate ?? 'mean',
      { by: 'category', key },
    ),
  );
  return {
    ...blank(query),
    values: [...values, ...apart],
    rows: only === undefined ? [] : [only.number],
    table: figuresTable(
      values,
      withMetric.length,
      query.relation === null || a?.value == null || b?.value == null
        ? null
        : relationTable(query.relation, a.value, b.value),
    ),
    chart: withMetric.length > 1 ? distributionOf(matching, metric, title) : null,
    matched: matching.length,
    n: withMetric.length,
  };
}

/** "hr and support": each is told beside both together. */
function categoriesOf({ where, measures }: Query & { goal: 'statistic' }): string[] {
  const either = where.find((condition) => 'any' in condition);
  if (measures.length !== 1 || either === undefined || !('any' in either)) return [];
  return either.any.flatMap((condition) =>
    'field' in condition && condition.field === 'category' && condition.op === '=' ? [String(condition.value)] : [],
  );
}

/** The figures with what they are over. */
function figuresTable(values: readonly Value[], n: number, relation: Table | null): Table {
  const rows: Cell[][] = values.map(({ metric, aggregate, value }) => [`${aggregate} ${metric}`, value]);
  const between = relation === null ? [] : [[relation.columns[0] ?? '', relation.rows[0]?.[0] ?? null]];
  return { columns: ['Figure', 'Value'], rows: [...rows, ...between, ['prompts', n]] };
}

function relationTable(relation: 'difference' | 'ratio', a: number, b: number): Result['table'] {
  const value = relation === 'difference' ? Math.abs(a - b) : b === 0 ? null : a / b;
  return { columns: [relation], rows: [[value === null ? null : Math.round(value * 100) / 100]] };
}

/** Rows with the metric, best first; ties at the cut are all counted by rendering, lower numbers come first. */
function executeRank(query: Query & { goal: 'rank' }, rows: readonly Row[], title: string): Result {
  const { metric } = query;
  const matching = select(rows, query.where);
  const sign = query.direction === 'desc' ? -1 : 1;
  const sorted = matching
    .filter((row) => metricValues([row], metric).length > 0)
    .sort((a, b) => sign * ((a[metric] ?? 0) - (b[metric] ?? 0)) || a.number - b.number);
  const from = (query.rank ?? 1) - 1;
  const picked = query.limit === null ? sorted : sorted.slice(from, from + query.limit);
  const how = query.direction === 'desc' ? 'max' : 'min';
  const last = picked.at(-1);
  const tied = last === undefined ? [] : sorted.filter((row) => row[metric] === last[metric] && !picked.includes(row));
  const whole = query.limit === 1 && query.rank === null ? [...picked, ...tied] : picked;
  const value: Value | null = whole.length === 0 ? null : { ...measured(whole, metric, how) };
  return {
    ...blank(query),
    rows: numbers(whole),
    values: value === null ? [] : [value, ...(whole === picked && tied.length > 0 ? [count(tied.length)] : [])],
    table: promptTable(whole, metric),
    chart: whole.length > 1 ? barsOf(whole, metric, title) : null,
    matched: matching.length,
    n: sorted.length,
  };
}

function executeSides(query: Query & { goal: 'compare' | 'countEach' }, rows: readonly Row[]): Result {
  const values = query.sides.map((side) => sideValue(side, rows));
  const valid = values.filter(({ value }) => value !== null);
  const prefer = query.goal === 'compare' ? query.prefer : null;
  const best =
    valid.length === 0 ? null : (prefer === 'min' ? Math.min : Math.max)(...valid.map(({ value }) => value ?? 0));
  const winners = prefer === null ? [] : valid.filter(({ value }) => value === best);
  const [a, b] = values.map(({ value }) => value);
  const relation = query.goal === 'compare' ? (query.relation ?? 'difference') : null;
  return {
    ...blank(query),
    rows:
      query.goal === 'compare'
        ? numbers(
            query.sides.flatMap((side) =>
              side.where.some((condition) => 'field' in condition && condition.field === 'number')
                ? select(rows, side.where)
                : [],
            ),
          )
        : [],
    values: [...values, ...query.sides.map((side) => count(sideRows(side, rows).length))].slice(
      0,
      query.goal === 'compare' ? undefined : values.length,
    ),
    groups: winners.flatMap(({ group }) => (group === null ? [] : [group])),
    table:
      relation !== null && query.sides.length === 2 && a != null && b != null ? relationTable(relation, a, b) : null,
    chart: query.goal === 'compare' && values.every(({ group }) => group !== null) ? sideBars(values) : null,
    matched: query.sides.reduce((sum, side) => sum + select(rows, side.where).length, 0),
    n: valid.length,
  };
}

const sideRows = (side: Side, rows: readonly Row[]) =>
  select(rows, side.where).filter(
    (row) => side.measure === null || metricValues([row], side.measure.metric).length > 0,
  );

function sideValue(side: Side, rows: readonly Row[]): Value {
  const matching = select(rows, side.where);
  return side.measure === null
    ? count(matching.length, side.group)
    : measured(matching, side.measure.metric, side.measure.aggregate, side.group);
}

function sideBars(values: readonly Value[]): Result['chart'] {
  const points = values.flatMap(({ group, value }) =>
    group === null || value === null ? [] : [{ label: group.key, value, number: null }],
  );
  const [first] = values;
  return first === undefined || points.length < 2
    ? null
    : { type: 'bar', metric: first.metric, unit: first.unit, title: first.metric ?? 'count', points };
}

function executeShare(query: Query & { goal: 'share' }, rows: readonly Row[]): Result {
  const population = select(rows, query.of);
  const matching = select(rows, [...query.of, ...query.where]);
  return {
    ...blank(query),
    rows: numbers(matching),
    values: [share(matching.length, population.length), count(matching.length), count(population.length)],
    table: promptTable(matching, null),
    matched: matching.length,
    n: population.length,
  };
}

function executeRows(query: Query & { goal: 'count' | 'list' }, rows: readonly Row[]): Result {
  const all = select(rows, query.where);
  const limit = query.goal === 'list' ? query.limit : null;
  const matching = limit === null ? all : limit.from === 'first' ? all.slice(0, limit.count) : all.slice(-limit.count);
  const [only] = matching;
  return {
    ...blank(query),
    rows: numbers(matching),
    values: [count(matching.length)],
    table: matching.length === 1 && only ? promptCard(only) : promptTable(matching, null),
    matched: matching.length,
    n: matching.length,
  };
}

function executeChart(query: Query & { goal: 'histogram' | 'bars' }, rows: readonly Row[], title: string): Result {
  const matching = select(rows, query.where);
  const values = ['mean', 'median', 'min', 'max'].map((how) => measured(matching, query.metric, how));
  const n = metricValues(matching, query.metric).length;
  return {
    ...blank(query),
    values: [...values, count(n)],
    chart:
      query.goal === 'bars' ? barsOf(matching, query.metric, title) : distributionOf(matching, query.metric, title),
    table:
      query.goal === 'bars'
        ? promptTable(
            matching.filter((row) => metricValues([row], query.metric).length > 0),
            query.metric,
          )
        : null,
    matched: matching.length,
    n,
  };
}

/** Above p75 + 1.5 × iqr or below p25 − 1.5 × iqr. */
function executeOutliers(query: Query & { goal: 'outliers' }, rows: readonly Row[], title: string): Result {
  const { metric } = query;
  const matching = select(rows, query.where);
  const fences = outlierFences(ascending(metricValues(matching, metric)));
  const outside =
    fences === null
      ? []
      : matching.filter(
          (row) => row[metric] != null && ((row[metric] ?? 0) > fences.upper || (row[metric] ?? 0) < fences.lower),
        );
  outside.sort((a, b) => (b[metric] ?? 0) - (a[metric] ?? 0));
  return {
    ...blank(query),
    rows: numbers(outside),
    values: [
      count(outside.length),
      measured(matching, metric, 'p25'),
      measured(matching, metric, 'p75'),
      measured(matching, metric, 'iqr'),
    ],
    table: promptTable(outside, metric),
    chart: distributionOf(matching, metric, title),
    matched: matching.length,
    n: metricValues(matching, metric).length,
  };
}

function executeAssociation(query: Query & { goal: 'association' }, rows: readonly Row[]): Result {
  const [x, y] = query.metrics;
  const pairs = select(rows, query.where).flatMap((row) =>
    row[x] == null || row[y] == null ? [] : [[row[x] ?? 0, row[y] ?? 0] as const],
  );
  const r = correlation(pairs);
  return {
    ...blank(query),
    values: [count(pairs.length)],
    table: {
      columns: ['Correlation (Pearson)', 'n'],
      rows: [[r === null ? null : Math.round(r * 100) / 100, pairs.length]],
    },
    matched: pairs.length,
    n: pairs.length,
  };
}
