import { mean } from '../../results/statistics.js';

/** Pearson's r, −1 to 1; null below three pairs or where one side never changes. */
export function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < 3) return null;
  const meanX = mean(pairs.map(([x]) => x)) ?? 0;
  const meanY = mean(pairs.map(([, y]) => y)) ?? 0;
  let product = 0;
  let squaresX = 0;
  let squaresY = 0;
  for (const [x, y] of pairs) {
    product += (x - meanX) * (y - meanY);
    squaresX += (x - meanX) ** 2;
    squaresY += (y - meanY) ** 2;
  }
  return squaresX === 0 || squaresY === 0 ? null : product / Math.sqrt(squaresX * squaresY);
}
