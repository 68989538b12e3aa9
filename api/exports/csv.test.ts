import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../testing/any-text.js';
import { csvText } from './cell-text.js';
import { COLUMNS } from './columns.js';
import { toCsv } from './csv.js';
import { HOSTILE, report, row } from './report.fixture.js';

describe('a CSV file', () => {
  test('starts with a byte order mark, names its columns and ends its lines as RFC 4180 says', async () => {
    const csv = await toCsv(report([row(1), row(2)]));
    expect(csv.startsWith('\ufeffnumber,category,prompt,response,status,')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(parse(csv)).toHaveLength(3);
  });

  test('holds what the rows hold, empty where there is nothing', async () => {
    const error = { type: 'rate_limited' as const, message: 'Too many requests', httpStatus: 429 };
    const failed = row(2, { status: 'error', error, text: null, finishReason: null });
    const [header, first, second] = parse(await toCsv(report([row(1), failed])));
    const at = (line: string[] | undefined, name: string) => line?.[header!.indexOf(name)];
    expect(at(first, 'latencyMs')).toBe('510');
    expect(at(first, 'firstTokenMs')).toBe('120.5');
    expect(at(first, 'truncated')).toBe('false');
    expect(at(second, 'errorType')).toBe('rate_limited');
    expect(at(second, 'errorHttpStatus')).toBe('429');
    expect(at(second, 'latencyMs')).toBe('');
    expect(at(second, 'response')).toBe('');
  });

  test.each(Object.entries(HOSTILE))('holds hostile text as text: %s', async (_, text) => {
    const prompt = parse(await toCsv(report([row(1, { prompt: text, text, category: text })])))[1]!;
    expect(prompt[1]).toBe(csvText(text));
    expect(prompt[3]).toBe(csvText(text));
    expect(prompt[3]).not.toMatch(/[\u0000\u001b\p{Surrogate}]/u);
  });

  test('reads back cell by cell, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText(), { minLength: 1, maxLength: 5 }), async (texts) => {
        const lines = parse(await toCsv(report(texts.map((text, index) => row(index + 1, { prompt: text, text })))));
        expect(lines).toHaveLength(texts.length + 1);
        texts.forEach((text, index) => {
          expect(lines[index + 1]).toHaveLength(COLUMNS.length);
          expect(lines[index + 1]![2]).toBe(csvText(text));
        });
      }),
    );
  });
});

/** Text as an attacker would write it: something before, a separator, something unseen, then a formula. */
const attack = fc
  .tuple(
    fc.constantFrom('', 'a', '"', 'a;', '1,'),
    fc.constantFrom('', ';', '\t', '\n', '\r\n', '\r', ';\n', '\n;', ';"', '\t""', '\n"', ','),
    anyText(4),
    fc.constantFrom('=', '+', '-', '@', '＝', '＋', '﹣', '＠', '- ', '--'),
    fc.constantFrom('1', "cmd|' /C calc'!A0", 'SUM(A1)', 'A1&', 'item', '**Bold** words.'),
    anyText(4),
  )
  .map((parts) => parts.join(''));
const texts = fc.tuple(fc.oneof(attack, anyText()), fc.oneof(attack, anyText()), fc.oneof(attack, anyText()));

describe('no cell is a formula', () => {
  test.each([',', ';', '\t'])('where a program splits by %j', async (delimiter) => {
    await fc.assert(
      fc.asyncProperty(texts, async ([prompt, text, category]) => {
        const cells = splitAsSpreadsheetsDo(await toCsv(report([row(1, { prompt, text, category })])), delimiter);
        for (const cell of cells) expect(isFormula(cell), JSON.stringify(cell)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    '1. One\n- two\n- **three**: four.\n---\n+ five',
    'It costs 5 - 3 = 2 €; that is all.',
    'const a = b;\nreturn a;',
  ])('and a harmless text is left as it is: %j', async (text) => {
    expect(parse(await toCsv(report([row(1, { text })])))[1]![3]).toBe(text);
  });
});

interface Cell {
  text: string;
  /** The first of its line. */
  first: boolean;
}

/**
 * As Excel, LibreOffice and Google Sheets read a file: a quote means something only where a cell begins, and a line
 * break outside of quotes ends the line, wherever RFC 4180 would have put it.
 */
function splitAsSpreadsheetsDo(csv: string, delimiter: string): Cell[] {
  const cells: Cell[] = [{ text: '', first: true }];
  const text = csv.replace(/^\ufeff/, '');
  let quoted = false;
  let atStart = true;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    const cell = cells.at(-1)!;
    if (quoted && character === '"' && text[index + 1] === '"') {
      cell.text += '"';
      index += 1;
    } else if (character === '"' && (quoted || atStart)) {
      quoted = !quoted;
      atStart = false;
    } else if (!quoted && (character === delimiter || character === '\r' || character === '\n')) {
      cells.push({ text: '', first: character !== delimiter });
      atStart = true;
    } else {
      cell.text += character;
      atStart = false;
    }
  }
  return cells;
}

const UNSEEN_NUMBERS = [0x34f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d, 0x180f, 0x2800];
const isUnseen = (character: string) => {
  const number = character.codePointAt(0)!;
  const isVariation = (number >= 0xfe00 && number <= 0xfe0f) || (number >= 0xe0000 && number <= 0xe0fff);
  return /[\s\p{Cf}\ufff0-\ufff8]/u.test(character) || UNSEEN_NUMBERS.includes(number) || isVariation;
};

/** Whether a program might take it for one. A line of a list that calls and refers to nothing is an error at most. */
function isFormula({ text, first }: Cell): boolean {
  const sign = [...text.normalize('NFKC')].find((character) => !isUnseen(character)) ?? 'none';
  if (!'=+-@−'.includes(sign)) return false;
  const [own = ''] = text.split('"');
  const goesOn = own !== text && !/[\p{L}\p{N}.:?`_*]$/u.test(own);
  const isHarmless = first && '+-'.includes(sign) && !/[(|!#[&]/.test(own) && !goesOn;
  return !isHarmless;
}

/** RFC 4180. */
function parse(csv: string): string[][] {
  const lines: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  const text = csv.replace(/^\ufeff/, '');
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    lines.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
}
