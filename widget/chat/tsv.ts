import type { Cell, Table } from '../../api/contract/answer.js';

/** A table for the clipboard. Spreadsheets read a pasted = + - @ as a formula, so text never starts with one. */
export function toTsv(table: Table): string {
  return [table.columns, ...table.rows].map((row) => row.map(toField).join('\t')).join('\n');
}

function toField(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const line = cell.replace(/[\t\r\n]+/g, ' ');
  return /^\s*[=+\-@]/.test(line) ? `'${line}` : line;
}
