export interface Scale {
  min: number;
  max: number;
  ticks: number[];
}

/**
 * An axis from zero (or below, where values are negative) in round steps: 1, 2 or 5 times a power of ten.
 * @param about how many steps would look right, at least 1; the axis gets as many or fewer, and never less than one.
 */
export function niceScale(values: readonly number[], about: number): Scale {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const step = niceStep((high - low || 1) / about);
  const first = Math.floor(round(low / step));
  const last = Math.max(Math.ceil(round(high / step)), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => round((first + at) * step));
  return { min: ticks[0]!, max: ticks.at(-1)!, ticks };
}

/** Counts have no halves: their axis steps by whole numbers. */
export function countScale(values: readonly number[], about: number): Scale {
  const scale = niceScale(values, about);
  return scale.ticks.every(Number.isInteger) ? scale : niceScale(values, Math.max(1, Math.ceil(Math.max(...values))));
}

/** The smallest of 1, 2, 5 × 10ⁿ that is at least `raw`. */
function niceStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const multiple = [1, 2, 5, 10].find((candidate) => round(raw / power) <= candidate) ?? 10;
  return multiple * power;
}

/** Removes what binary fractions add: 0.1 × 3 is 0.3 on an axis. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
