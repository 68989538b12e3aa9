import ExcelJS from 'exceljs';
import { UNCATEGORISED } from '../contract/limits.js';
import type { MetricSummary, SummarisedMetric } from '../results/summary.js';
import { cellText } from './cell-text.js';
import { COLUMNS } from './columns.js';
import { dateTime, duration, FLAG_LABELS, METRIC_LABELS, promptList } from './labels.js';
import { PALETTE } from './palette.js';
import type { Report } from './report.js';

/** Excel's own limit on the characters of a cell; exceljs writes longer ones, and Excel then repairs the file. */
const CELL_CHARACTERS = 32_767;

type Cell = string | number | boolean | null;

/** A workbook for people: figures first, then every row, then the figures by category. Texts are text cells. */
export async function toXlsx(report: Report): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'FineTuneLab Atlas Demo';
  workbook.created = new Date(report.exportedAt);
  addSummary(workbook, report);
  addResults(workbook, report);
  addCategories(workbook, report);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function addSummary(workbook: ExcelJS.Workbook, report: Report): void {
  const sheet = workbook.addWorksheet('Summary');
  sheet.columns = [30, 24, 14, 14, 14, 14, 14, 14, 14].map((width) => ({ width }));
  const title = sheet.addRow(['Batch test report']);
  title.font = { bold: true, size: 16, color: argb(PALETTE.accent) };
  if (report.partial !== null) addLine(sheet, [report.partial], { bold: true });
  sheet.addRow([]);
  for (const fact of facts(report)) addLine(sheet, fact, {}, 1);
  sheet.addRow([]);

  addHeader(sheet, ['Metric', 'Unit', 'n', 'Mean', 'Median', 'p95', 'p99', 'Min', 'Max']);
  for (const [metric, figures] of Object.entries(report.summary.metrics)) {
    addLine(sheet, metricCells(metric as SummarisedMetric, figures));
  }
  sheet.addRow([]);

  addHeader(sheet, ['Flag', 'Count', 'Prompts']);
  for (const [flag, numbers] of Object.entries(report.summary.flags)) {
    addLine(sheet, [FLAG_LABELS[flag as keyof typeof FLAG_LABELS], numbers.length, promptList(numbers)]);
  }
  sheet.addRow([]);

  addHeader(sheet, ['Error', 'Count', 'Prompts']);
  if (report.summary.errors.length === 0) addLine(sheet, ['none']);
  for (const { type, numbers } of report.summary.errors) addLine(sheet, [type, numbers.length, promptList(numbers)]);
  sheet.addRow([]);
  for (const caveat of report.caveats) addLine(sheet, [caveat], { italic: true });
}

function facts({ session, run, summary, suiteName, endpointHost, durationMs, exportedAt }: Report): [string, Cell][] {
  return [
    ['Model', session.model.modelId],
    ['Endpoint', endpointHost],
    ['Suite', suiteName],
    ['Status', run.status],
    ['Started', dateTime(run.startedAt)],
    ['Finished', dateTime(run.finishedAt)],
    ['Duration', duration(durationMs)],
    ['Concurrency', run.concurrency],
    ['Prompts', run.total],
    ['Succeeded', summary.counts.ok],
    ['Failed', summary.failed],
    ['Not sent or cancelled', summary.counts.cancelled],
    ['Exported', dateTime(exportedAt)],
  ];
}

function metricCells(metric: SummarisedMetric, { n, mean, median, p95, p99, min, max }: MetricSummary): Cell[] {
  const { title, unit } = METRIC_LABELS[metric];
  return [title, unit, n, mean, median, p95, p99, min, max];
}

function addResults(workbook: ExcelJS.Workbook, report: Report): void {
  const sheet = workbook.addWorksheet('Results', { views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }] });
  sheet.columns = COLUMNS.map(({ width }) => ({ width }));
  addHeader(
    sheet,
    COLUMNS.map((column) => column.title),
  );
  for (const row of report.rows) {
    const line = addLine(
      sheet,
      COLUMNS.map((column) => column.valueOf(row)),
    );
    line.alignment = { vertical: 'top', wrapText: true };
    // Without a height Excel opens a long answer as a cell that fills the screen.
    line.height = 60;
  }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: COLUMNS.length } };
  COLUMNS.forEach((column, index) => {
    if (column.measured) sheet.getColumn(index + 1).numFmt = '#,##0.0';
  });
}

function addCategories(workbook: ExcelJS.Workbook, report: Report): void {
  const sheet = workbook.addWorksheet('By category', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = [26, 10, 12, 10, 20, 20, 20].map((width) => ({ width }));
  addHeader(sheet, [
    'Category',
    'Prompts',
    'Succeeded',
    'Failed',
    'Median latency (ms)',
    'p95 latency (ms)',
    'Mean output tokens',
  ]);
  for (const { category, total, ok, failed, latencyMs, outputTokens } of report.summary.categories) {
    addLine(sheet, [category ?? UNCATEGORISED, total, ok, failed, latencyMs.median, latencyMs.p95, outputTokens.mean]);
  }
}

function addHeader(sheet: ExcelJS.Worksheet, titles: string[]): void {
  const row = sheet.addRow(titles);
  row.eachCell((cell) => {
    cell.font = { bold: true, color: { argb: 'FFFFFFFF' } };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: argb(PALETTE.accent) };
  });
}

/** `labels`: so many cells from the left are set apart as labels. */
function addLine(
  sheet: ExcelJS.Worksheet,
  values: readonly Cell[],
  font: Partial<ExcelJS.Font> = {},
  labels = 0,
): ExcelJS.Row {
  const row = sheet.addRow(values.map((value) => (typeof value === 'string' ? spreadsheetText(value) : value)));
  row.font = font;
  row.eachCell((cell, column) => {
    if (column <= labels) cell.font = { ...font, color: argb(PALETTE.muted) };
    if (typeof cell.value === 'number' && !Number.isInteger(cell.value)) cell.numFmt = '#,##0.0';
    if (labels > 0) cell.fill = { type: 'pattern', pattern: 'solid', fgColor: argb(PALETTE.surface) };
    if (labels > 0) cell.alignment = { horizontal: 'left' };
  });
  return row;
}

function argb(hex: string): { argb: string } {
  return { argb: `FF${hex.slice(1).toUpperCase()}` };
}

/** exceljs makes links and formulas from objects alone: a string stays a string. */
function spreadsheetText(text: string): string {
  const clean = cellText(text);
  if (clean.length <= CELL_CHARACTERS) return clean;
  const said = ` … [cut: ${clean.length.toLocaleString('en-US')} characters in all]`;
  return clean.slice(0, CELL_CHARACTERS - said.length).replace(/\p{Surrogate}$/u, '') + said;
}
