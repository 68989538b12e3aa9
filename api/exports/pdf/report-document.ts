import { dateTime } from '../labels.js';
import { PALETTE } from '../palette.js';
import type { Report } from '../report.js';
import { FontBook } from './font-book.js';
import { drawLatencies } from './latency-chart.js';
import { drawOverview } from './overview.js';
import { Page, STYLES } from './page.js';
import { forPrint, type PrintedReport } from './printed-report.js';
import { drawResponses } from './responses.js';
import { drawTables } from './tables.js';

/** Draws the report as a PDF: overview, chart, tables, then what was asked and answered. */
export async function drawReport(report: Report): Promise<Uint8Array> {
  const printed = forPrint(report);
  const book = await FontBook.load({ 400: printed.texts, 700: printed.boldTexts });
  const page = new Page(book, { title: `Batch test of ${printed.modelId}`, creationDate: new Date(report.exportedAt) });
  drawOverview(page, printed);
  drawLatencies(page, report);
  drawTables(page, printed);
  drawResponses(page, printed);
  drawFooters(page, printed);
  return page.toBytes();
}

function drawFooters(page: Page, { report }: PrintedReport): void {
  const y = page.bottom + 14;
  const marks = report.partial === null ? '' : ' · partial';
  page.finishPages((number, total) => {
    page.doc
      .moveTo(page.left, y - 6)
      .lineTo(page.left + page.width, y - 6)
      .lineWidth(0.5)
      .stroke(PALETTE.border);
    const box = { x: page.left, y, width: page.width };
    page.writeAt(`FineTuneLab Atlas Demo · ${dateTime(report.exportedAt)}${marks}`, STYLES.label, box);
    page.writeAt(`Page ${number} of ${total}`, STYLES.label, { ...box, align: 'right' });
  });
}
