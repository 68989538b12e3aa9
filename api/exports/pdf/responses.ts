import type { Row } from '../../contract/row.js';
import { duration, figure } from '../labels.js';
import { PALETTE } from '../palette.js';
import { lineHeight, type Page, STYLES } from './page.js';
import type { PrintedReport, PrintedRow } from './printed-report.js';

const INDENT = 12;

const STATUS_COLORS: Record<Row['status'], string> = {
  ok: PALETTE.success,
  error: PALETTE.danger,
  timeout: PALETTE.danger,
  cancelled: PALETTE.muted,
};

/** What was asked and answered, prompt by prompt. */
export function drawResponses(page: Page, { rows }: PrintedReport): void {
  page.ensure(120);
  page.write('Prompts and responses', STYLES.heading);
  page.write('Long texts are cut here; the CSV, Excel and JSON files hold them whole.', STYLES.muted);
  page.space(8);
  for (const row of rows) drawResponse(page, row);
}

function drawResponse(page: Page, { row, category, prompt, response, error, remarks }: PrintedRow): void {
  const body = { x: page.left + INDENT, width: page.width - INDENT };
  page.ensure(5 * lineHeight(STYLES.body));
  page.doc.circle(page.left + 3, page.y + 6, 3).fill(STATUS_COLORS[row.status]);
  page.write([`#${row.number}`, category, row.status, ...metricsOf(row)].join(' · '), STYLES.muted, body);
  page.write(prompt, STYLES.strong, body);
  page.space(2);
  if (error !== null) page.write(error, { ...STYLES.body, color: PALETTE.danger }, body);
  if (response !== null) page.write(response === '' ? '(no text)' : response, STYLES.body, body);
  for (const remark of remarks) page.write(`→ ${remark}`, { ...STYLES.muted, color: PALETTE.warning }, body);
  page.space(12);
}

function metricsOf(row: Row): string[] {
  const metrics: string[] = [];
  if (row.latencyMs !== null) metrics.push(duration(row.latencyMs));
  if (row.firstTokenMs !== null) metrics.push(`first token ${duration(row.firstTokenMs)}`);
  if (row.outputTokens !== null) metrics.push(`${figure(row.outputTokens)} tokens`);
  if (row.tokensPerSecond !== null) metrics.push(`${figure(row.tokensPerSecond)} tokens/s`);
  if (row.attempts > 1) metrics.push(`${row.attempts} attempts`);
  return metrics;
}
