import type { Value } from '../../contract/answer.js';
import type { Row } from '../../contract/row.js';
import type { Result } from '../table.js';
import { chipOf } from './chips.js';
import { excerptOf } from './excerpt.js';
import {
  aggregateName,
  DIMENSION_NAMES,
  DIMENSION_PLURALS,
  escaped,
  figure,
  list,
  METRIC_NAMES,
  measureName,
  plural,
} from './names.js';

type Goal = Result['query']['goal'];
type Sentence<G extends Goal> = (
  result: Result & { query: Extract<Result['query'], { goal: G }> },
  rows: readonly Row[],
) => string;

const condition = (result: Result) =>
  result.query.where.length === 0 ? '' : ` (${result.query.where.map((each) => escaped(chipOf(each))).join('; ')})`;
const bold = (text: string) => `**${text}**`;
const promptName = (number: number) => `#${number}`;
const title = (number: number, rows: readonly Row[]) =>
  `${promptName(number)} “${escaped(excerptOf(rows.find((row) => row.number === number)?.prompt ?? ''))}”`;
const nameOf = ({ aggregate, metric }: Pick<Value, 'aggregate' | 'metric'>) => measureName(aggregate, metric);
const sideName = (
  side: { label: string; where: Parameters<typeof chipOf>[0][]; measure: { metric: keyof typeof METRIC_NAMES } | null },
  byMetric: boolean,
) =>
  escaped(
    byMetric && side.measure ? METRIC_NAMES[side.measure.metric] : side.label || side.where.map(chipOf).join(', '),
  );

/** The answer itself, in one sentence, for each kind of question. */
const SENTENCES: { [G in Goal]?: Sentence<G> } = {
  statistic: (result) => {
    const [first, ...rest] = result.values.filter(({ metric }) => metric !== null);
    if (!first || first.value === null)
      return first?.aggregate === 'stddev' && result.n === 1
        ? 'One value alone has no standard deviation.'
        : `No prompt${condition(result)} has a value for ${METRIC_NAMES[result.query.measures[0]?.metric ?? 'latencyMs']}.`;
    const single = result.n === 1 && result.rows.length === 1;
    const head = single
      ? `${cap(METRIC_NAMES[first.metric ?? 'latencyMs'])} of ${promptName(result.rows[0] ?? 0)}: ${bold(figure(first))}`
      : `${cap(nameOf(first))}: ${bold(figure(first))}`;
    const more = rest
      .filter(({ value }) => value !== null)
      .map((value) => `${value.group === null ? nameOf(value) : escaped(value.group.key)} ${bold(figure(value))}`);
    const figures = [head, ...(single && more.every((_, at) => rest[at]?.metric === first.metric) ? [] : more)];
    return `${figures.join('; ')}${single ? '' : condition(result)}.${relationIn(result.query.relation, first, result.table?.rows)}`;
  },
  count: (result) => `${bold(plural(result.matched, 'prompt'))}${condition(result)}${nameRows(result.rows)}.`,
  list: (result, rows) => {
    const [only, ...more] = result.rows;
    if (only === undefined) return `None of the ${plural(rows.length, 'prompt')}${condition(result)}.`;
    const row = rows.find(({ number }) => number === only);
    if (more.length === 0 && row)
      return `${title(only, rows)}: ${row.status === 'ok' ? `answered${row.latencyMs === null ? '' : ` in ${figure({ value: row.latencyMs, unit: 'ms', metric: 'latencyMs' })}`}` : `${row.status}${row.error === null ? '' : `, ${row.error.type}`}`}${condition(result)}.`;
    return `${bold(plural(result.rows.length, 'prompt'))}${condition(result)}${nameRows(result.rows)}.`;
  },
  rank: (result, rows) => {
    const { metric, direction, rank } = result.query;
    const [first, ...others] = result.rows;
    const value = result.values[0];
    if (first === undefined || value === undefined)
      return `No prompt${condition(result)} has a value for ${METRIC_NAMES[metric]}.`;
    const how = `${rank === null ? '' : `rank ${rank}, `}${direction === 'desc' ? 'highest' : 'lowest'} ${METRIC_NAMES[metric]}`;
    if (others.length === 0) return `${title(first, rows)} has the ${how}: ${bold(figure(value))}${condition(result)}.`;
    const shown = result.rows.map(
      (number) =>
        `${promptName(number)} (${figure({ ...value, value: rows.find((row) => row.number === number)?.[metric] ?? null })})`,
    );
    return `By ${how}: ${list(shown)}${condition(result)}.`;
  },
  grouped: (result) => groupSentence(result),
  groupedCount: (result) => groupSentence(result),
  groupedShare: (result) => groupSentence(result),
  share: (result) => {
    const [share, ...counts] = result.values;
    if (!share || share.value === null) return 'There are no prompts to take a share of.';
    const parts = counts.length > 0 ? `: ${result.matched} of ${result.n} prompts` : '';
    return `${bold(figure(share))}${parts}${condition(result)}.`;
  },
  compare: (result) => {
    const { sides, prefer, relation } = result.query;
    const byMetric = new Set(sides.map(({ measure }) => measure?.metric)).size > 1;
    const shown = sides.map((side, at) => `${sideName(side, byMetric)} ${bold(figure(result.values[at] as Value))}`);
    const measure = sides[0]?.measure;
    const values = sides.map((_, at) => result.values[at]?.value ?? null);
    const best = values.includes(null) ? null : (prefer === 'min' ? Math.min : Math.max)(...(values as number[]));
    const winners = sides.filter((_, at) => values[at] === best);
    const head =
      best === null || prefer === null
        ? ''
        : winners.length > 1
          ? 'They are equal. '
          : `${cap(sideName(winners[0] as (typeof sides)[0], byMetric))} is ${prefer === 'max' ? 'higher' : 'lower'}. `;
    const cell = result.table?.rows[0]?.[0];
    const unit = result.values[0]?.unit ?? 'count';
    const gap =
      typeof cell !== 'number'
        ? ''
        : relation === 'ratio'
          ? ` The ratio is ${cell}.`
          : ` The difference is ${figure({ value: cell, unit, metric: null })}.`;
    return `${head}${cap(byMetric || !measure ? aggregateName(measure?.aggregate ?? 'count') : nameOf(measure))}: ${list(shown)}.${gap}`;
  },
  countEach: (result) => {
    const shown = result.query.sides.map(
      (side, at) => `${sideName(side, false)} ${bold(String(result.values[at]?.value ?? 0))}`,
    );
    return `${cap(list(shown))}.`;
  },
  histogram: (result) =>
    result.chart
      ? `Distribution of ${METRIC_NAMES[result.query.metric]}${condition(result)}: from ${figure(result.values[2] as Value)} to ${figure(result.values[3] as Value)}, median ${figure(result.values[1] as Value)}.`
      : `No prompt${condition(result)} has a value for ${METRIC_NAMES[result.query.metric]}.`,
  bars: (result) =>
    result.chart
      ? `${cap(METRIC_NAMES[result.query.metric])} of each prompt${condition(result)}: from ${figure(result.values[2] as Value)} to ${figure(result.values[3] as Value)}, mean ${figure(result.values[0] as Value)}.`
      : `No prompt${condition(result)} has a value for ${METRIC_NAMES[result.query.metric]}.`,
  outliers: (result) =>
    result.rows.length === 0
      ? `No outliers in ${METRIC_NAMES[result.query.metric]}${condition(result)}, by the rule of 1.5 × IQR.`
      : `${bold(plural(result.rows.length, 'outlier'))} in ${METRIC_NAMES[result.query.metric]}${condition(result)}${nameRows(result.rows)}, by the rule of 1.5 × IQR.`,
  association: (result) => {
    const [x, y] = result.query.metrics;
    const r = result.table?.rows[0]?.[0];
    if (typeof r !== 'number') return `Too few different values to relate ${METRIC_NAMES[x]} and ${METRIC_NAMES[y]}.`;
    const size = Math.abs(r) >= 0.7 ? 'strongly' : Math.abs(r) >= 0.3 ? 'somewhat' : 'hardly';
    return `${cap(METRIC_NAMES[x])} and ${METRIC_NAMES[y]} go ${size} together${Math.abs(r) < 0.3 ? '' : r > 0 ? ', in the same direction' : ', in opposite directions'}: r = ${bold(String(r))}. This is an association and says nothing about causes.`;
  },
  summary: (result) => {
    const [total, ok, failed, ...figures] = result.values;
    const measures = figures
      .filter(({ value }) => value !== null)
      .map((value) => `${nameOf(value)} ${bold(figure(value))}`);
    return `${bold(`${ok?.value} of ${total?.value}`)} prompts were answered, ${failed?.value} failed${measures.length > 0 ? `; ${list(measures)}` : ''}.`;
  },
  export: (result) => `Here is the whole run as ${bold(result.query.format.toUpperCase())}.`,
};

/** How many times one figure is the other, or by how much it is more: the table has it under its name. */
function relationIn(
  relation: string | null,
  { unit, metric }: Value,
  cells: readonly (readonly unknown[])[] = [],
): string {
  const value = cells.find(([name]) => name === relation)?.[1];
  if (typeof value !== 'number') return '';
  return relation === 'ratio'
    ? ` The ratio is ${value}.`
    : ` The difference is ${figure({ value, unit, metric: unit === 'count' ? metric : null })}.`;
}

const cap = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const nameRows = (numbers: readonly number[]) => (numbers.length === 0 ? '' : `: ${list(numbers.map(promptName))}`);

function groupSentence(result: Result): string {
  const { query } = result;
  if (query.goal === 'grouped' && query.pick === null && query.measures.length > 1)
    return query.measures
      .map((measure) => groupSentence({ ...result, query: { ...query, measures: [measure] } }))
      .join(' ');
  if (query.goal !== 'grouped' && query.goal !== 'groupedCount' && query.goal !== 'groupedShare') return '';
  const leading =
    query.goal === 'grouped'
      ? result.values.filter(
          ({ metric, aggregate }) => metric === query.measures[0]?.metric && aggregate === query.measures[0]?.aggregate,
        )
      : result.values;
  const [first] = leading;
  if (first === undefined)
    return `No prompt${condition(result)} belongs to ${DIMENSION_PLURALS[query.by]} with such a figure.`;
  const name = query.goal === 'grouped' ? nameOf(first) : query.goal === 'groupedShare' ? 'share' : 'prompts';
  const shown = leading.map((value) => `${escaped(value.group?.key ?? '')} ${bold(figure(value))}`);
  if (result.groups.length > 0) {
    const best = leading.find(({ group }) => group?.key === result.groups[0]?.key) ?? first;
    const winners = list(result.groups.map(({ key }) => bold(escaped(key))));
    const most = query.goal === 'groupedCount' ? ['fewest', 'most'] : ['lowest', 'highest'];
    return `${winners} ${result.groups.length > 1 ? 'share' : 'has'} the ${most[query.pick === 'min' ? 0 : 1]} ${name}: ${figure(best)}${condition(result)}.${leading.length > result.groups.length ? ` All: ${list(shown)}.` : ''}`;
  }
  return `${cap(name)} by ${DIMENSION_NAMES[query.by]}${condition(result)}: ${list(shown)}.`;
}

export function sentenceOf(result: Result, rows: readonly Row[]): string {
  const sentence = SENTENCES[result.query.goal] as ((result: Result, rows: readonly Row[]) => string) | undefined;
  return sentence ? sentence(result, rows) : '';
}
