import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../testing/any-text.js';
import { watchStalls } from '../../testing/stalls.mjs';
import { drawReport } from './pdf/report-document.js';
import { toPdf } from './pdf.js';
import { HOSTILE, report, row } from './report.fixture.js';

const pagesOf = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length ?? 0;

describe('a PDF report', () => {
  test('is drawn in its own thread while the server goes on, hostile texts and all', async () => {
    const rows = Object.values(HOSTILE).map((text, index) => row(index + 1, { text, prompt: text, category: text }));
    const stalls: number[] = [];
    const stop = watchStalls((ms) => stalls.push(ms));
    const pdf = await toPdf(report(rows));
    stop();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pagesOf(pdf)).toBeGreaterThan(2);
    expect(stalls.length).toBeGreaterThan(1);
    expect(Math.max(...stalls)).toBeLessThan(1_000);
  }, 60_000);

  test('holds no link and no action, whatever the texts say', async () => {
    const pdf = Buffer.from(await drawReport(report([row(1, { text: HOSTILE.html, prompt: HOSTILE.html })])));
    expect(pdf.toString('latin1')).not.toMatch(/\/(?:URI|JavaScript|JS|Launch|Annots|OpenAction)\b/);
  });

  test('is given up at its deadline with a sentence that says what to do', async () => {
    await expect(toPdf(report([row(1)]), { deadlineMs: 1 })).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringContaining('other formats'),
      extra: { retryAfterSeconds: 10 },
    });
  });

  test('waits for its turn where several are in the making', async () => {
    const drawn = await Promise.all(Array.from({ length: 4 }, () => toPdf(report([row(1)]))));
    for (const pdf of drawn) expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  }, 60_000);

  test('is refused where too many wait, and leaves its turn to others when nobody wants it any more', async () => {
    const nobody = new AbortController();
    const outcomes = Array.from({ length: 34 }, () =>
      toPdf(report([row(1)]), { signal: nobody.signal }).catch((error: Error) => error),
    );
    expect(await outcomes.at(-1)).toMatchObject({ code: 'busy', message: expect.stringContaining('Try again') });
    nobody.abort();
    await Promise.all(outcomes);
    expect((await toPdf(report([row(1)]))).subarray(0, 5).toString()).toBe('%PDF-');
  }, 60_000);

  test('is drawn for one row, for no answer at all, and for twenty without a category', async () => {
    const error = { type: 'auth' as const, message: 'The endpoint refused the key.', httpStatus: 401 };
    const refused = row(1, { status: 'error', text: null, error, latencyMs: null });
    const runs = [[row(1)], [refused], Array.from({ length: 20 }, (_, index) => row(index + 1, { category: null }))];
    for (const rows of runs) expect(pagesOf(await drawReport(report(rows)))).toBeGreaterThan(0);
  });

  test('is drawn whatever the text', async () => {
    const [texts] = fc.sample(fc.array(anyText(200), { minLength: 20, maxLength: 20 }), 1);
    const rows = texts!.map((text, index) => row(index + 1, { text, prompt: text, category: text }));
    expect(pagesOf(await drawReport(report(rows)))).toBeGreaterThan(0);
  });
});
