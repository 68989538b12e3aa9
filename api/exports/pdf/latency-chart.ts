import type { Row } from '../../contract/row.js';
import { duration } from '../labels.js';
import { PALETTE } from '../palette.js';
import type { Report } from '../report.js';
import { type Page, STYLES } from './page.js';

const HEIGHT = 130;
const AXIS = 40;
const LABELS = 16;
const MARK_LABEL = 62;

interface Plot {
  left: number;
  right: number;
  bottom: number;
  yOf(ms: number): number;
}

/** A bar for each prompt, lines at the median and p95, and a cross where there is no latency. */
export function drawLatencies(page: Page, { rows, summary }: Report): void {
  const { max, median, p95 } = summary.metrics.latencyMs;
  page.ensure(HEIGHT + 60);
  page.write('Latency by prompt', STYLES.heading);
  page.space(6);
  if (max === null || median === null || p95 === null) {
    page.write('No prompt was answered, so there is no latency to draw.', STYLES.muted);
    page.space(14);
    return;
  }
  const { top, ticks } = scale(max);
  const bottom = page.y + HEIGHT;
  const plot: Plot = {
    left: page.left + AXIS,
    right: page.left + page.width - MARK_LABEL,
    bottom,
    yOf: (ms) => bottom - (ms / top) * HEIGHT,
  };
  drawGrid(page, plot, ticks);
  drawBars(page, plot, rows);
  drawMark(page, plot, median, `median ${duration(median)}`, -9);
  // Where the two lines nearly meet, their labels would.
  if (plot.yOf(median) - plot.yOf(p95) > 4) drawMark(page, plot, p95, `p95 ${duration(p95)}`, -9);
  page.y = bottom + LABELS + 6;
  if (rows.some((row) => row.latencyMs === null)) {
    page.write('× no answer: failed, timed out or cancelled', STYLES.label);
  }
  page.space(12);
}

function drawGrid(page: Page, plot: Plot, ticks: readonly number[]): void {
  for (const tick of ticks) {
    const y = plot.yOf(tick);
    page.doc.moveTo(plot.left, y).lineTo(plot.right, y).lineWidth(0.5).stroke(PALETTE.border);
    const label = tick === 0 ? '0' : duration(tick).replace(/\.?0+ s$/, ' s');
    page.writeAt(label, STYLES.label, { x: page.left, y: y - 6, width: AXIS - 6, align: 'right' });
  }
}

function drawBars(page: Page, plot: Plot, rows: readonly Row[]): void {
  const slot = (plot.right - plot.left) / rows.length;
  const width = Math.min(22, slot * 0.62);
  rows.forEach((row, index) => {
    const centre = plot.left + slot * (index + 0.5);
    const label = { x: centre - slot / 2, width: slot, align: 'center' as const };
    page.writeAt(String(row.number), STYLES.label, { ...label, y: plot.bottom + 3 });
    if (row.latencyMs === null) {
      page.writeAt('×', { ...STYLES.strong, color: PALETTE.danger }, { ...label, y: plot.bottom - 14 });
      return;
    }
    const y = plot.yOf(row.latencyMs);
    page.doc.rect(centre - width / 2, y, width, plot.bottom - y).fill(PALETTE.accent);
  });
}

function drawMark(page: Page, plot: Plot, ms: number, label: string, above: number): void {
  const y = plot.yOf(ms);
  page.doc.moveTo(plot.left, y).lineTo(plot.right, y).lineWidth(0.8).dash(3, { space: 2 }).stroke(PALETTE.warning);
  page.doc.undash();
  const style = { ...STYLES.label, color: PALETTE.warning };
  page.writeAt(label, style, { x: plot.right + 4, y: y + above + 4, width: MARK_LABEL });
}

/** A round step such that three to six lines reach beyond the maximum. */
function scale(max: number): { top: number; ticks: number[] } {
  const rough = Math.max(max, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough)!;
  const count = Math.ceil(Math.max(max, 1) / step);
  return { top: count * step, ticks: Array.from({ length: count + 1 }, (_, index) => index * step) };
}
