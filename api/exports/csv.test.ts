import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../testing/any-text.js';
import { cellText } from './cell-text.js';
import { COLUMNS } from './columns.js';
import { toCsv } from './csv.js';
import { HOSTILE, report, row } from './report.fixture.js';

describe('a CSV file', () => {
  test('starts with a byte order mark, names its columns and ends its lines as RFC 4180 says', () => {
    const csv = toCsv(report([row(1), row(2)]));
    expect(csv.startsWith('\ufeffnumber,category,prompt,response,status,')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(parse(csv)).toHaveLength(3);
  });

  test('holds what the rows hold, empty where there is nothing', () => {
    const error = { type: 'rate_limited' as const, message: 'Too many requests', httpStatus: 429 };
    const failed = row(2, { status: 'error', error, text: null, finishReason: null });
    const [header, first, second] = parse(toCsv(report([row(1), failed])));
    const at = (line: string[] | undefined, name: string) => line?.[header!.indexOf(name)];
    expect(at(first, 'latencyMs')).toBe('510');
    expect(at(first, 'firstTokenMs')).toBe('120.5');
    expect(at(first, 'truncated')).toBe('false');
    expect(at(second, 'errorType')).toBe('rate_limited');
    expect(at(second, 'errorHttpStatus')).toBe('429');
    expect(at(second, 'latencyMs')).toBe('');
    expect(at(second, 'response')).toBe('');
  });

  test.each(Object.entries(HOSTILE))('holds hostile text as text: %s', (_, text) => {
    const prompt = parse(toCsv(report([row(1, { prompt: text, text, category: text })])))[1]!;
    expect(prompt[1]).toBe(cellText(text));
    expect(prompt[3]).toBe(cellText(text));
    expect(prompt[3]).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
    expect(prompt[3]).not.toMatch(/[\u0000\u001b\p{Surrogate}]/u);
  });

  test('reads back cell by cell, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(anyText(), { minLength: 1, maxLength: 5 }), (texts) => {
        const lines = parse(toCsv(report(texts.map((text, index) => row(index + 1, { prompt: text, text })))));
        expect(lines).toHaveLength(texts.length + 1);
        texts.forEach((text, index) => {
          expect(lines[index + 1]).toHaveLength(COLUMNS.length);
          expect(lines[index + 1]![2]).toBe(cellText(text));
        });
      }),
    );
  });
});

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
