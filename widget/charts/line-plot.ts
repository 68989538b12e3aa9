import { svg } from 'lit';
import { labelStep, type Plot, place, textWidth } from './plot.js';
import { niceScale } from './ticks.js';

const HEIGHT = 200;
const ABOVE = 10;
const BELOW = 26;

/** Values in their order, joined, over an axis from zero. */
export const linePlot: Plot = {
  height: () => HEIGHT,
  draw(points, frame) {
    const base = HEIGHT - BELOW;
    const scale = niceScale(
      points.map((point) => point.value),
      4,
    );
    const gutter = Math.max(...scale.ticks.map((tick) => textWidth(frame.format(tick)))) + 8;
    const slot = (frame.width - gutter) / points.length;
    const x = (at: number) => place(frame, gutter + (at + 0.5) * slot);
    const y = (value: number) => base - ((value - scale.min) / (scale.max - scale.min)) * (base - ABOVE);
    const step = labelStep(
      points.map((point) => point.label),
      slot,
    );

    return svg`
      ${scale.ticks.map(
        (tick) => svg`
          <line class="grid" x1=${place(frame, gutter)} x2=${place(frame, frame.width)} y1=${y(tick)} y2=${y(tick)}></line>
          <text x=${place(frame, gutter - 8)} y=${y(tick)} text-anchor="end" dominant-baseline="central">${frame.format(tick)}</text>`,
      )}
      <polyline class="line" points=${points.map((point, at) => `${x(at)},${y(point.value)}`).join(' ')}></polyline>
      ${points.map(
        (point, at) => svg`
          <circle class="mark dot" cx=${x(at)} cy=${y(point.value)} r="4">
            <title>${point.label}: ${frame.format(point.value)}</title>
          </circle>
          ${at % step === 0 ? svg`<text x=${x(at)} y=${HEIGHT - 8} text-anchor="middle">${point.label}</text>` : ''}`,
      )}`;
  },
};
