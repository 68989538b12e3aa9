import { svg } from 'lit';
import { type Plot, place, shorten, textWidth } from './plot.js';
import { extentFromZero } from './ticks.js';

const ROW = 28;
const BAR = 16;
const GAP = 8;

/** A horizontal bar for each prompt or group, its name before and its value behind it. */
export const barPlot: Plot = {
  height: (points) => points.length * ROW,
  draw(points, frame) {
    const values = points.map((point) => frame.format(point.value));
    const nameWidth = Math.min(frame.width * 0.4, Math.max(...points.map((point) => textWidth(point.label))));
    const valueWidth = Math.max(...values.map(textWidth));
    const start = nameWidth + GAP;
    const room = Math.max(frame.width - start - GAP - valueWidth, 8);
    const { low, high } = extentFromZero(points.map((point) => point.value));
    const position = (value: number) => start + ((value - low) / (high - low)) * room;

    return svg`${points.map((point, at) => {
      const top = at * ROW + (ROW - BAR) / 2;
      const middle = at * ROW + ROW / 2;
      const left = position(Math.min(point.value, 0));
      const length = position(Math.max(point.value, 0)) - left;
      const width = point.value === 0 ? 0 : Math.max(length, 2);
      return svg`
        <text x=${place(frame, nameWidth)} y=${middle} text-anchor="end" dominant-baseline="central">
          ${shorten(point.label, nameWidth + 1)}<title>${point.label}</title>
        </text>
        <rect class="mark" x=${place(frame, left, width)} y=${top} width=${width} height=${BAR} rx="3">
          <title>${point.label}: ${values[at]}</title>
        </rect>
        <text class="value" x=${place(frame, left + width + GAP)} y=${middle} dominant-baseline="central">${values[at]}</text>`;
    })}`;
  },
};
