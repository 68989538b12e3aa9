import type { Chart, Metric, Value } from '../../contract/answer.js';
import type { Row } from '../../contract/row.js';
import { metricValues } from '../../results/aggregate.js';
import { unitOf } from './aggregate.js';

/** One point for each prompt; the page bins them. Few points are shown as dots, where bins would mislead. */
export function distributionOf(rows: readonly Row[], metric: Metric, title: string): Chart | null {
  const points = pointsOf(rows, metric);
  if (points.length === 0) return null;
  return { type: points.length < 8 ? 'dots' : 'histogram', metric, unit: unitOf(metric), title, points };
}

export function barsOf(rows: readonly Row[], metric: Metric, title: string): Chart | null {
  const points = pointsOf(rows, metric);
  return points.length === 0 ? null : { type: 'bar', metric, unit: unitOf(metric), title, points };
}

/** A bar for each group, in the order of the values. */
export function groupBars(values: readonly Value[], title: string): Chart | null {
  const points = values.flatMap(({ group, value }) =>
    group === null || value === null ? [] : [{ label: group.key, value, number: null }],
  );
  const [first] = values;
  return first === undefined || points.length === 0
    ? null
    : { type: 'bar', metric: first.metric, unit: first.unit, title, points };
}

function pointsOf(rows: readonly Row[], metric: Metric) {
  const withMetric = rows.filter((row) => metricValues([row], metric).length > 0);
  return withMetric.map((row) => ({ label: `#${row.number}`, value: row[metric] ?? 0, number: row.number }));
}
