import { setImmediate } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import { csvText } from './cell-text.js';
import { COLUMNS, type Column } from './columns.js';
import type { Report } from './report.js';

/** RFC 4180 with a byte order mark, without which Excel reads UTF-8 as the machine's own encoding. */
export async function toCsv(report: Report): Promise<string> {
  let csv = stringify([COLUMNS.map((column) => column.name)], { ...FORMAT, bom: true });
  for (const row of report.rows) {
    // A row may be hundreds of kilobytes: others get a turn after each.
    await setImmediate();
    csv += stringify([COLUMNS.map((column) => cell(column.valueOf(row)))], FORMAT);
  }
  return csv;
}

// By itself it quotes what holds a comma: a lone line feed would end the record, and many programs split by the others.
const FORMAT = { record_delimiter: '\r\n', quoted_match: /[\r\n;\t]/ };

function cell(value: ReturnType<Column['valueOf']>): string {
  if (value === null) return '';
  return typeof value === 'string' ? csvText(value) : String(value);
}
