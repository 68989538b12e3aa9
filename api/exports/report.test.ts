import { describe, expect, test } from 'vitest';
import { fileName } from './filename.js';
import { toJson } from './json.js';
import { HOSTILE, report, row, source } from './report.fixture.js';

describe('the report', () => {
  test('names the suite, the endpoint’s host alone and how long it took', () => {
    expect(report([row(1)])).toMatchObject({
      suiteName: 'Customer support',
      endpointHost: 'api.example.com:8443',
      durationMs: 12_000,
      partial: null,
    });
    expect(report([row(1)], { suiteId: null }).suiteName).toBe('Own prompts');
  });

  test('puts the rows in the order of their prompts', () => {
    expect(report([row(3), row(1), row(2)]).rows.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test('says how to read the figures', () => {
    const untold = row(2, { usage: { inputTokens: null, outputTokens: null, totalTokens: null } });
    const late = row(3, {
      status: 'timeout',
      text: null,
      error: { type: 'timeout', message: 'No answer.', httpStatus: null },
    });
    const caveats = report([row(1), untold, late]).caveats.join('\n');
    expect(caveats).toContain('Up to 4 prompts ran at a time');
    expect(caveats).toContain('With 2 answers, p95 and p99 are nearly the maximum');
    expect(caveats).toContain('1 timed out');
    expect(caveats).toContain('no tokens for 1 of 2 answers');
  });
});

describe('a JSON file', () => {
  test('is {session, run, results} with the rows exactly as the API gives them', () => {
    const rows = Object.values(HOSTILE).map((text, index) => row(index + 1, { text, prompt: text }));
    const { session, run } = source(rows);
    const { results, ...facts } = run;
    expect(JSON.parse(toJson(report(rows)))).toEqual({ session, run: facts, results });
  });
});

describe('the name of a file', () => {
  test('says suite, model and date', () => {
    expect(fileName(report([row(1)]), 'pdf')).toBe('atlas-customer-support-ft-support-v3-2026-01-15.pdf');
    expect(fileName(report([row(1)], { suiteId: null }), 'csv')).toBe('atlas-own-ft-support-v3-2026-01-15.csv');
  });

  test('says that the run is not over', () => {
    expect(fileName(report([row(1)], { status: 'running' }), 'json')).toMatch(/-partial\.json$/);
  });

  test.each(['../../etc/passwd', 'a"; filename="b.exe', '模型', 'x\r\nset-cookie: a=b', '…', 'a'.repeat(200), '..'])(
    'is short and plain for the model %j',
    (modelId) => {
      expect(fileName(report([row(1)], { modelId }), 'csv')).toMatch(
        /^atlas-customer-support-[A-Za-z0-9](?:[A-Za-z0-9-]|\.(?!\.)){0,39}-2026-01-15\.csv$/,
      );
    },
  );
});
