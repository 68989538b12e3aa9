export interface Scale {
  min: number;
  max: number;
  ticks: number[];
}

/** Less than any difference that we measure, and enough to compute with. */
export const SMALLEST_EXTENT = 1e-9;

/** From the lowest value to the highest, zero included; never without an extent. */
export function extentFromZero(values: readonly number[]): { low: number; high: number } {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  return high - low > SMALLEST_EXTENT ? { low, high } : { low: 0, high: 1 };
}

/**
 * An axis from zero (or below, where values are negative) in round steps: 1, 2 or 5 times a power of ten.
 * @param about how many steps would look right, at least 1; the axis has nearly as many or fewer.
 */
export function niceScale(values: readonly number[], about: number): Scale {
  const { low, high } = extentFromZero(values);
  const step = niceStep((high - low) / about);
  const first = Math.floor(roundOff(low / step));
  const last = Math.ceil(roundOff(high / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => roundOff((first + at) * step));
  return { min: ticks[0]!, max: ticks.at(-1)!, ticks };
}

/** The smallest of 1, 2, 5 × 10ⁿ that is at least `raw`. */
export function niceStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const multiple = [1, 2, 5, 10].find((candidate) => roundOff(raw / power) <= candidate) ?? 10;
  return multiple * power;
}

/** Removes what binary fractions add: 0.1 × 3 is 0.3 on an axis. */
export function roundOff(value: number): number {
  return Number(value.toPrecision(12));
}
