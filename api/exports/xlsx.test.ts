import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../testing/any-text.js';
import { cellText } from './cell-text.js';
import { COLUMNS } from './columns.js';
import { HOSTILE, report, row } from './report.fixture.js';
import type { Report } from './report.js';
import { toXlsx } from './xlsx.js';

const PROMPT = 1 + COLUMNS.findIndex(({ name }) => name === 'prompt');
const RESPONSE = PROMPT + 1;

describe('an Excel file', () => {
  test('has a summary, every row and the categories', async () => {
    const workbook = await read(report([row(1), row(2, { category: 'returns' })]));
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Summary', 'Results', 'By category']);
    const results = workbook.getWorksheet('Results')!;
    expect(results.rowCount).toBe(3);
    expect(results.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(textsOf(workbook.getWorksheet('By category')!)).toContain('returns');
    expect(textsOf(workbook.getWorksheet('Summary')!)).toEqual(expect.arrayContaining(['ft:support-v3', 'Latency']));
  });

  test('holds numbers as numbers and flags as booleans', async () => {
    const results = (await read(report([row(1)]))).getWorksheet('Results')!;
    const valueIn = (name: string) =>
      results.getRow(2).getCell(1 + COLUMNS.findIndex((column) => column.name === name)).value;
    expect(valueIn('latencyMs')).toBe(510);
    expect(valueIn('truncated')).toBe(false);
    expect(valueIn('errorType')).toBeNull();
  });

  test('holds hostile text as text without link or formula', async () => {
    const texts = Object.values(HOSTILE).filter((text) => text.length < 32_767);
    const rows = texts.map((text, index) => row(index + 1, { prompt: text, text }));
    const results = (await read(report(rows))).getWorksheet('Results')!;
    texts.forEach((text, index) => {
      const cell = results.getRow(index + 2).getCell(RESPONSE);
      expect(cell.type).toBe(ExcelJS.ValueType.String);
      expect(cell.formula).toBeUndefined();
      expect(cell.hyperlink).toBeUndefined();
      expect(normalised(cell.value)).toBe(normalised(cellText(text)));
    });
  });

  test('holds no formula and no link, whoever wrote the text', async () => {
    const lead = fc.constantFrom('', '\u200b', '\u2060', '\u202e', '\u00ad', '\ufeff', '\u00a0', '\t', '\n');
    const sign = fc.constantFrom('=', '+', '-', '@', '＝', '﹣', '＠', 'https://evil.example/');
    const attack = fc.tuple(lead, sign, anyText(8)).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(attack, attack, attack, async (prompt, category, modelId) => {
        const hostile = report([row(1, { prompt, text: prompt, category })], { modelId });
        hostile.session.model.modelId = modelId;
        hostile.suiteName = modelId;
        for (const sheet of (await read(hostile)).worksheets) {
          sheet.eachRow((line) =>
            line.eachCell((cell) => {
              expect(typeof cell.value).not.toBe('object');
              expect(cell.hyperlink).toBeUndefined();
              if (typeof cell.value === 'string') expect(cell.value).not.toMatch(/^[\s\p{Cf}]*[=+\-@＝﹣＠]/u);
            }),
          );
        }
      }),
      { numRuns: 15 },
    );
  });

  test('cuts a text at what Excel takes, and says so', async () => {
    const results = (await read(report([row(1, { text: 'x'.repeat(40_000) })]))).getWorksheet('Results')!;
    const value = results.getRow(2).getCell(RESPONSE).value as string;
    expect(value).toHaveLength(32_767);
    expect(value.endsWith('[cut: 40,000 characters in all]')).toBe(true);
  });

  test('says in the summary that the run is not over', async () => {
    const workbook = await read(report([row(1)], { status: 'running', total: 10, finishedAt: null }));
    expect(textsOf(workbook.getWorksheet('Summary')!)).toContain(
      'This run is still going: 1 of 10 prompts are in this file.',
    );
  });

  test('reads back, whatever the text', async () => {
    const texts = fc.array(anyText(), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(texts, async (prompts) => {
        const rows = prompts.map((prompt, index) => row(index + 1, { prompt }));
        const results = (await read(report(rows))).getWorksheet('Results')!;
        prompts.forEach((prompt, index) => {
          const { value } = results.getRow(index + 2).getCell(PROMPT);
          expect(normalised(value)).toBe(normalised(cellText(prompt)));
        });
      }),
      { numRuns: 10 },
    );
  });
});

async function read(from: Report): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await toXlsx(from)) as unknown as ArrayBuffer);
  return workbook;
}

function textsOf(sheet: ExcelJS.Worksheet): unknown[] {
  const values: unknown[] = [];
  sheet.eachRow((line) => line.eachCell((cell) => values.push(cell.value)));
  return values;
}

/** XML turns every line break into a line feed; an empty cell reads as null. */
function normalised(value: unknown): string {
  return String(value ?? '').replace(/\r\n?/g, '\n');
}
