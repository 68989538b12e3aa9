import { svg } from 'lit';
import { labelStep, type Plot, place, textWidth } from './plot.js';

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

    // A label that is wider than its column begins with it: around the middle, the first would be cut off.
    const areWide = step > 1;

    return svg`${points.map((point, at) => {
      const left = at * slot;
      const height = (point.value / tallest) * (base - ABOVE);
      const centre = place(frame, left + slot / 2);
      const isLabelled = at % step === 0 && left + textWidth(point.label) <= frame.width;
      return svg`
        <rect class="mark" x=${place(frame, left + GAP / 2, slot - GAP)} y=${base - height} width=${slot - GAP} height=${height} rx="2">
          <title>${point.label}: ${frame.format(point.value)}</title>
        </rect>
        ${point.value > 0 ? svg`<text class="value" x=${centre} y=${base - height - 6} text-anchor="middle">${frame.format(point.value)}</text>` : ''}
        ${isLabelled ? svg`<text x=${areWide ? place(frame, left) : centre} y=${HEIGHT - 6} text-anchor=${areWide ? 'start' : 'middle'}>${point.label}</text>` : ''}`;
    })}
    <line class="axis" x1="0" x2=${frame.width} y1=${base} y2=${base}></line>`;
  },
};
