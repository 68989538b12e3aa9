import { svg } from 'lit';
import { type Plot, place, textWidth } from './plot.js';
import { niceScale } from './ticks.js';

const HEIGHT = 120;
/** So many dots can be named without a crowd. */
const FEW = 8;
const BELOW = 26;
const RADIUS = 6;
const MARGIN = 28;

/** A dot for each prompt along an axis of values; those that would overlap are stacked. */
export const dotPlot: Plot = {
  height: () => HEIGHT,
  draw(points, frame) {
    const base = HEIGHT - BELOW;
    const scale = niceScale(
      points.map((point) => point.value),
      Math.max(2, Math.floor(frame.width / 110)),
    );
    const room = frame.width - 2 * MARGIN;
    const position = (value: number) => MARGIN + ((value - scale.min) / (scale.max - scale.min)) * room;
    const named = points.length <= FEW;
    const size = named ? Math.max(...points.map((point) => textWidth(point.label))) + 4 : 2 * RADIUS + 1;
    const levels = stack(
      points.map((point) => position(point.value)),
      size,
    );
    const rise = Math.min(named ? 4 * RADIUS : size, (base - 5 * RADIUS) / Math.max(1, ...levels));
    const y = (at: number) => base - RADIUS - 3 - levels[at]! * rise;

    return svg`
      ${scale.ticks.map((tick) => {
        const x = place(frame, position(tick));
        return svg`
          <line class="grid" x1=${x} x2=${x} y1="4" y2=${base}></line>
          <text x=${x} y=${HEIGHT - 8} text-anchor="middle">${frame.format(tick)}</text>`;
      })}
      <line class="axis" x1="0" x2=${frame.width} y1=${base} y2=${base}></line>
      ${points.map((point, at) => {
        const x = place(frame, position(point.value));
        return svg`
          <circle class="mark dot" cx=${x} cy=${y(at)} r=${RADIUS}>
            <title>${point.label}: ${frame.format(point.value)}</title>
          </circle>
          ${named ? svg`<text class="value" x=${x} y=${y(at) - RADIUS - 4} text-anchor="middle">${point.label}</text>` : ''}`;
      })}`;
  },
};

/** For each position the lowest level (0, 1, …) on which no earlier one is nearer than `distance`. */
export function stack(positions: readonly number[], distance: number): number[] {
  const taken: number[][] = [];
  return positions.map((position) => {
    let level = 0;
    while (taken[level]?.some((other) => Math.abs(other - position) < distance)) level++;
    taken[level] = [...(taken[level] ?? []), position];
    return level;
  });
}
