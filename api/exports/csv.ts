import { stringify } from 'csv-stringify/sync';
import { csvText } from './cell-text.js';
import { COLUMNS, type Column } from './columns.js';
import type { Report } from './report.js';

/** RFC 4180 with a byte order mark, without which Excel reads UTF-8 as the machine's own encoding. */
export function toCsv(report: Report): string {
  const header = COLUMNS.map((column) => column.name);
  const lines = report.rows.map((row) => COLUMNS.map((column) => cell(column.valueOf(row))));
  // By itself it quotes what holds a comma: a lone line feed would end the record, and many programs split by the others.
  return stringify([header, ...lines], { bom: true, record_delimiter: '\r\n', quoted_match: /[\r\n;\t]/ });
}

function cell(value: ReturnType<Column['valueOf']>): string {
  if (value === null) return '';
  return typeof value === 'string' ? csvText(value) : String(value);
}
