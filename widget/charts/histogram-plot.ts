import { svg } from 'lit';
import { labelStep, type Plot, place } from './plot.js';

const HEIGHT = 190;
const ABOVE = 20;
const BELOW = 24;
const GAP = 2;

/** A column for each range, its count on top. */
export const histogramPlot: Plot = {
  height: () => HEIGHT,
  draw(points, frame) {
    const slot = frame.width / points.length;
    const base = HEIGHT - BELOW;
    const tallest = Math.max(1, ...points.map((point) => point.value));
    const step = labelStep(
      points.map((point) => point.label),
      slot,
    );

    return svg`${points.map((point, at) => {
      const left = at * slot;
      const height = (point.value / tallest) * (base - ABOVE);
      const centre = place(frame, left + slot / 2);
      return svg`
        <rect class="mark" x=${place(frame, left + GAP / 2, slot - GAP)} y=${base - height} width=${slot - GAP} height=${height} rx="2">
          <title>${point.label}: ${frame.format(point.value)}</title>
        </rect>
        ${point.value > 0 ? svg`<text class="value" x=${centre} y=${base - height - 6} text-anchor="middle">${frame.format(point.value)}</text>` : ''}
        ${at % step === 0 ? svg`<text x=${centre} y=${HEIGHT - 6} text-anchor="middle">${point.label}</text>` : ''}`;
    })}
    <line class="axis" x1="0" x2=${frame.width} y1=${base} y2=${base}></line>`;
  },
};
