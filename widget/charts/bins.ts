import { niceStep, roundOff, SMALLEST_EXTENT } from './ticks.js';

/** A range of values, its end belonging to the next one but for the last. */
export interface Bin {
  from: number;
  to: number;
  count: number;
}

/**
 * Sorts values into ranges of one round width: about log₂ n + 1 of them (Sturges), which suits few values. Values that
 * are all the same make a single range without a width.
 */
export function binValues(values: readonly number[]): Bin[] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (values.length === 0) return [];
  if (high - low < SMALLEST_EXTENT) return [{ from: low, to: high, count: values.length }];
  const step = niceStep((high - low) / (Math.log2(values.length) + 1));
  const first = Math.floor(roundOff(low / step));
  const count = Math.max(1, Math.ceil(roundOff(high / step)) - first);
  const bins = Array.from({ length: count }, (_, at) => ({
    from: roundOff((first + at) * step),
    to: roundOff((first + at + 1) * step),
    count: 0,
  }));
  for (const value of values) {
    const at = Math.floor(roundOff(value / step)) - first;
    bins[Math.min(at, count - 1)]!.count += 1;
  }
  return bins;
}
