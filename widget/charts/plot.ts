import type { SVGTemplateResult } from 'lit';
import type { Chart } from '../../api/contract/answer.js';

export type Point = Chart['points'][number];

/** What a plot is drawn into: pixels of the element's own width, mirrored where text runs right to left. */
export interface Frame {
  width: number;
  rtl: boolean;
  /** A value as its reader writes it, unit included. */
  format: (value: number) => string;
}

export interface Plot {
  /** In pixels, whatever the width: nothing moves when the element is measured. */
  height: (points: readonly Point[]) => number;
  draw: (points: readonly Point[], frame: Frame) => SVGTemplateResult;
}

const CHARACTER_WIDTH = 6.7;

/** Pixels that a label of 12 px takes, estimated: measuring would force a layout for each. */
export function textWidth(text: string): number {
  return [...text].length * CHARACTER_WIDTH;
}

/** Cut to a width, and isolated: a name in one direction of writing must not reorder what stands around it. */
export function shorten(text: string, width: number): string {
  const characters = [...text];
  const fit = Math.max(1, Math.floor(width / CHARACTER_WIDTH));
  const shown = characters.length <= fit ? text : `${characters.slice(0, fit - 1).join('')}…`;
  return `\u2068${shown}\u2069`;
}

/** Shows every label where they fit side by side, otherwise every second, third, … one. */
export function labelStep(labels: readonly string[], slot: number): number {
  const widest = Math.max(...labels.map(textWidth));
  return Math.max(1, Math.ceil((widest + 8) / slot));
}

/** Mirrors a position, or a box by its width, where text runs right to left. */
export function place({ width, rtl }: Frame, x: number, boxWidth = 0): number {
  return rtl ? width - x - boxWidth : x;
}
