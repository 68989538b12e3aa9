import { duration, FLAG_LABELS, figure, promptList } from '../labels.js';
import { PALETTE } from '../palette.js';
import { lineHeight, type Page, STYLES } from './page.js';
import type { PrintedReport } from './printed-report.js';

const CELL_PADDING = 4;

interface TableColumn {
  title: string;
  /** Share of the page's width. */
  share: number;
  align?: 'right';
}

export function drawTables(page: Page, { report, categories }: PrintedReport): void {
  const { summary } = report;
  drawTable(
    page,
    'By category',
    [
      { title: 'Category', share: 0.34 },
      { title: 'Succeeded', share: 0.16, align: 'right' },
      { title: 'Median latency', share: 0.17, align: 'right' },
      { title: 'p95 latency', share: 0.16, align: 'right' },
      { title: 'Mean output tokens', share: 0.17, align: 'right' },
    ],
    summary.categories.map(({ ok, total, latencyMs, outputTokens }, index) => [
      categories[index]!,
      `${ok} of ${total}`,
      duration(latencyMs.median),
      duration(latencyMs.p95),
      figure(outputTokens.mean),
    ]),
  );
  if (summary.errors.length > 0) {
    drawTable(
      page,
      'Errors',
      [
        { title: 'Type', share: 0.34 },
        { title: 'Prompts', share: 0.5 },
        { title: 'Count', share: 0.16, align: 'right' },
      ],
      summary.errors.map(({ type, numbers }) => [type, promptList(numbers), String(numbers.length)]),
    );
  }
  drawTable(
    page,
    'What the texts show',
    [
      { title: 'Flag', share: 0.34 },
      { title: 'Prompts', share: 0.5 },
      { title: 'Count', share: 0.16, align: 'right' },
    ],
    Object.entries(summary.flags).map(([flag, numbers]) => [
      FLAG_LABELS[flag as keyof typeof FLAG_LABELS],
      promptList(numbers),
      String(numbers.length),
    ]),
  );
}

function drawTable(
  page: Page,
  title: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): void {
  const rowHeight = lineHeight(STYLES.body) + 2 * CELL_PADDING;
  page.ensure(lineHeight(STYLES.heading) + 3 * rowHeight);
  page.write(title, STYLES.heading);
  page.space(4);
  drawRow(
    page,
    columns,
    columns.map((column) => column.title),
    STYLES.label,
  );
  for (const row of rows) drawRow(page, columns, row, STYLES.body);
  page.space(16);
}

/** A row as high as its tallest cell; a cell has three lines at most. */
function drawRow(
  page: Page,
  columns: readonly TableColumn[],
  cells: readonly string[],
  style: typeof STYLES.body | typeof STYLES.label,
): void {
  const widths = columns.map((column) => column.share * page.width);
  const lines = cells.map((cell, index) => page.lines(cell, style, widths[index]! - 2 * CELL_PADDING).slice(0, 3));
  const height = Math.max(...lines.map((cell) => cell.length), 1) * lineHeight(style) + 2 * CELL_PADDING;
  page.ensure(height);
  let x = page.left;
  lines.forEach((cell, index) => {
    const box = { x: x + CELL_PADDING, width: widths[index]! - 2 * CELL_PADDING, align: columns[index]!.align };
    cell.forEach((line, place) => {
      page.drawLine(line, style, { ...box, y: page.y + CELL_PADDING + place * lineHeight(style) });
    });
    x += widths[index]!;
  });
  page.y += height;
  page.doc
    .moveTo(page.left, page.y)
    .lineTo(page.left + page.width, page.y)
    .lineWidth(0.5)
    .stroke(PALETTE.border);
}
