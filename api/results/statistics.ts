/**
 * Descriptive statistics over small samples. Every function answers null where the figure is undefined, so that a
 * missing figure can never pass for 0.
 */

export function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

/**
 * The value at position q × (n − 1) of the sorted sample, interpolated linearly between ranks: numpy's default.
 * @param sorted ascending
 * @param q 0 (minimum) to 1 (maximum)
 */
export function quantile(sorted: readonly number[], q: number): number | null {
  if (sorted.length === 0) return null;
  const position = q * (sorted.length - 1);
  const lower = sorted[Math.floor(position)]!;
  const upper = sorted[Math.ceil(position)]!;
  return lower + (upper - lower) * (position - Math.floor(position));
}

export function median(sorted: readonly number[]): number | null {
  return quantile(sorted, 0.5);
}

/** Standard deviation of the sample (divisor n − 1); null below two values. */
export function stddev(values: readonly number[]): number | null {
  const centre = mean(values);
  if (centre === null || values.length < 2) return null;
  const squares = values.map((value) => (value - centre) ** 2);
  return Math.sqrt(sum(squares) / (values.length - 1));
}

export function range(sorted: readonly number[]): number | null {
  return sorted.length === 0 ? null : sorted.at(-1)! - sorted[0]!;
}

/** Interquartile range: p75 − p25. */
export function iqr(sorted: readonly number[]): number | null {
  const upper = quantile(sorted, 0.75);
  const lower = quantile(sorted, 0.25);
  return upper === null || lower === null ? null : upper - lower;
}

/** Tukey's fences: a value outside p25 − 1.5 × iqr … p75 + 1.5 × iqr is an outlier. */
export function outlierFences(sorted: readonly number[]): { lower: number; upper: number } | null {
  const spread = iqr(sorted);
  if (spread === null) return null;
  return { lower: quantile(sorted, 0.25)! - 1.5 * spread, upper: quantile(sorted, 0.75)! + 1.5 * spread };
}
