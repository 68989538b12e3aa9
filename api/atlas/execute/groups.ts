import type { Value } from '../../contract/answer.js';
import type { Row } from '../../contract/row.js';
import { metricValues } from '../../results/aggregate.js';
import type { Condition, Dimension, Query } from '../plan.js';
import { fieldValue, select } from '../select.js';
import type { Result } from '../table.js';
import { count, measured, share } from './aggregate.js';
import { groupBars } from './charts.js';

interface Member {
  key: string;
  rows: Row[];
}

/** The groups in the order of their first prompt; rows without the field belong to none. */
function groupsOf(rows: readonly Row[], by: Dimension): Member[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = fieldValue(row, by);
    if (key === null) continue;
    groups.set(String(key), [...(groups.get(String(key)) ?? []), row]);
  }
  return [...groups].map(([key, members]) => ({ key, rows: members }));
}

type Grouped = Query & { goal: 'grouped' | 'groupedCount' | 'groupedShare' };

/** A figure for each group, the largest first, and the winner where one is asked for. */
export function executeGrouped(query: Grouped, rows: readonly Row[], title: string): Result {
  const matching = select(rows, query.where);
  const population = query.goal === 'groupedShare' ? rows : matching;
  const groups = groupsOf(population, query.by);
  const rank = (a: Value, b: Value) => (query.pick === 'min' ? 1 : -1) * ((a.value ?? 0) - (b.value ?? 0));
  const values = groups
    .map(({ key, rows: members }) => leadingValue(query, key, members, query.where))
    .filter((value) => value.value !== null);
  values.sort(rank);
  const winners = pickWinners(query, values);
  const rest =
    query.goal === 'grouped'
      ? query.measures
          .slice(1)
          .flatMap((measure) =>
            groups.map(({ key, rows: members }) =>
              measured(members, measure.metric, measure.aggregate, { by: query.by, key }),
            ),
          )
      : [];
  const all = [...values, ...rest.filter((value) => value.value !== null)];
  return {
    query,
    rows: query.goal === 'groupedCount' && query.where.length > 0 ? matching.map((row) => row.number) : [],
    values: all,
    groups: winners.map(({ group }) => group).filter((group) => group !== null),
    table: tableOf(query, groups, all),
    chart: groupBars(values, title),
    matched: matching.length,
    n:
      query.goal === 'grouped'
        ? metricValues(matching, query.measures[0]?.metric ?? 'latencyMs').length
        : matching.length,
  };
}

function leadingValue(query: Grouped, key: string, members: readonly Row[], where: readonly Condition[]): Value {
  const group = { by: query.by, key };
  if (query.goal === 'groupedCount') return count(members.length, group);
  if (query.goal === 'groupedShare') return share(select(members, where).length, members.length, group);
  const [first] = query.measures;
  return measured(members, first?.metric ?? 'latencyMs', first?.aggregate ?? 'mean', group);
}

/** All that share the best figure, or the figure at the rank asked for. */
function pickWinners(query: Grouped, sorted: readonly Value[]): Value[] {
  if (query.pick === null) return [];
  const distinct = [...new Set(sorted.map(({ value }) => value))];
  const wanted = distinct[(query.rank ?? 1) - 1];
  return sorted.filter(({ value }) => value === wanted);
}

const HEADINGS: Record<Dimension, string> = {
  category: 'Category',
  status: 'Status',
  'error.type': 'Error type',
  finishReason: 'Finish reason',
};

function tableOf(query: Grouped, groups: readonly Member[], values: readonly Value[]): Result['table'] {
  const names = [
    ...new Set(values.map(({ metric, aggregate }) => `${aggregate}${metric === null ? '' : ` ${metric}`}`)),
  ];
  const keys = [...new Set(values.map(({ group }) => group?.key ?? ''))];
  const cell = (key: string, name: string) =>
    values.find(
      (value) =>
        value.group?.key === key && `${value.aggregate}${value.metric === null ? '' : ` ${value.metric}`}` === name,
    )?.value ?? null;
  return {
    columns: [HEADINGS[query.by], ...names, 'prompts'],
    rows: keys.map((key) => [
      key,
      ...names.map((name) => cell(key, name)),
      groups.find((group) => group.key === key)?.rows.length ?? 0,
    ]),
  };
}
