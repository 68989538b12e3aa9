export interface CsvRecord {
  /** 1-based line on which the record begins. */
  line: number;
  cells: string[];
}

/**
 * CSV as RFC 4180 has it: quoted cells may hold delimiters, line breaks and doubled quotes. Blank lines are skipped.
 * A quote that is never closed takes the rest of the text; `unclosedQuoteAt` is the line where it opened.
 */
export function parseCsv(text: string, delimiter: string): { records: CsvRecord[]; unclosedQuoteAt: number | null } {
  const records: CsvRecord[] = [];
  let line = 1;
  let record: CsvRecord = { line, cells: [] };
  let cell = '';
  let quotedSince: number | null = null;

  const endCell = () => {
    record.cells.push(cell);
    cell = '';
  };
  const endRecord = () => {
    endCell();
    if (record.cells.length > 1 || record.cells[0]!.trim() !== '') records.push(record);
    record = { line: line + 1, cells: [] };
  };

  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    const next = text[index + 1];
    const breaksLine = character === '\n' || (character === '\r' && next !== '\n');
    if (quotedSince !== null && character === '"' && next === '"') {
      cell += '"';
      index += 1;
    } else if (quotedSince !== null && character === '"') {
      quotedSince = null;
    } else if (quotedSince !== null) {
      cell += character;
    } else if (character === '"' && cell === '') {
      quotedSince = line;
    } else if (character === delimiter) {
      endCell();
    } else if (breaksLine) {
      endRecord();
    } else if (character !== '\r') {
      cell += character;
    }
    if (breaksLine) line += 1;
  }
  endRecord();
  return { records, unclosedQuoteAt: quotedSince };
}
