import { dateTime, duration, figure } from '../labels.js';
import { PALETTE } from '../palette.js';
import type { Report } from '../report.js';
import { lineHeight, type Page, STYLES } from './page.js';
import type { PrintedReport } from './printed-report.js';

const TILE_HEIGHT = 54;
const TILE_GAP = 8;
const TILES_IN_A_ROW = 3;
const LABEL_WIDTH = 84;
const NO_ANSWER = 'no answer';

/** Title, what was tested, and the figures that a reader wants first. */
export function drawOverview(page: Page, printed: PrintedReport): void {
  const { report } = printed;
  page.doc.rect(0, 0, page.doc.page.width, 6).fill(PALETTE.accent);
  page.write('FineTuneLab Atlas', { ...STYLES.strong, color: PALETTE.accent });
  page.write('Batch test report', STYLES.title);
  page.space(2);
  if (report.partial !== null) page.write(report.partial, { ...STYLES.strong, color: PALETTE.warning });
  page.space(8);
  drawFacts(page, printed);
  page.space(14);
  drawTiles(page, tilesOf(report));
  page.space(6);
  for (const caveat of report.caveats) page.write(caveat, STYLES.muted);
  page.space(12);
}

function drawFacts(page: Page, { report, modelId, endpointHost, suiteName }: PrintedReport): void {
  const { run, durationMs } = report;
  const facts: [string, string][] = [
    ['Model', modelId],
    ['Endpoint', endpointHost],
    ['Suite', suiteName],
    ['Run', `${dateTime(run.startedAt)}, ${run.status}${durationMs === null ? '' : ` after ${duration(durationMs)}`}`],
    ['Concurrency', `${run.concurrency} at a time`],
  ];
  for (const [label, value] of facts) {
    const box = { x: page.left + LABEL_WIDTH, width: page.width - LABEL_WIDTH };
    page.ensure(lineHeight(STYLES.body));
    page.writeAt(label, { ...STYLES.body, color: PALETTE.muted }, { x: page.left, y: page.y, width: LABEL_WIDTH });
    page.write(value, label === 'Model' ? STYLES.strong : STYLES.body, { ...box, maxLines: 2 });
  }
}

interface Tile {
  label: string;
  value: string;
  detail: string;
  color?: string;
}

function tilesOf({ summary }: Report): Tile[] {
  const { latencyMs, firstTokenMs, tokensPerSecond, outputTokens, totalTokens } = summary.metrics;
  const { counts, failed, total } = summary;
  return [
    {
      label: 'Succeeded',
      value: `${counts.ok} of ${total}`,
      detail: `${failed} failed, ${counts.cancelled} cancelled`,
      color: failed > 0 ? PALETTE.danger : PALETTE.success,
    },
    {
      label: 'Median latency',
      value: duration(latencyMs.median),
      detail: latencyMs.n === 0 ? NO_ANSWER : `mean ${duration(latencyMs.mean)}`,
    },
    {
      label: 'p95 latency',
      value: duration(latencyMs.p95),
      detail: latencyMs.n === 0 ? NO_ANSWER : `slowest ${duration(latencyMs.max)}`,
    },
    {
      label: 'Median time to first token',
      value: duration(firstTokenMs.median),
      detail: firstTokenMs.n === 0 ? 'nothing streamed' : `p95 ${duration(firstTokenMs.p95)}`,
    },
    {
      label: 'Mean tokens per second',
      value: figure(tokensPerSecond.mean),
      detail: tokensPerSecond.n === 0 ? 'not measurable' : `over ${tokensPerSecond.n} answers`,
    },
    {
      label: 'Output tokens',
      value: figure(outputTokens.sum),
      detail: totalTokens.n === 0 ? 'not reported' : `${figure(totalTokens.sum)} with the prompts`,
    },
  ];
}

function drawTiles(page: Page, tiles: readonly Tile[]): void {
  const width = (page.width - TILE_GAP * (TILES_IN_A_ROW - 1)) / TILES_IN_A_ROW;
  for (let start = 0; start < tiles.length; start += TILES_IN_A_ROW) {
    page.ensure(TILE_HEIGHT + TILE_GAP);
    tiles.slice(start, start + TILES_IN_A_ROW).forEach((tile, column) => {
      drawTile(page, tile, page.left + column * (width + TILE_GAP), width);
    });
    page.y += TILE_HEIGHT + TILE_GAP;
  }
}

function drawTile(page: Page, { label, value, detail, color }: Tile, x: number, width: number): void {
  page.doc.roundedRect(x, page.y, width, TILE_HEIGHT, 4).fill(PALETTE.surface);
  const box = { x: x + 10, width: width - 20 };
  page.writeAt(label, STYLES.label, { ...box, y: page.y + 7 });
  page.writeAt(value, { ...STYLES.figure, color: color ?? STYLES.figure.color }, { ...box, y: page.y + 17 });
  page.writeAt(detail, STYLES.label, { ...box, y: page.y + 39 });
}
