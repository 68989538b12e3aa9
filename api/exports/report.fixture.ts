import type { Row, Run } from '../contract/row.js';
import type { CallOutcome } from '../results/call.js';
import { toRow } from '../results/row.js';
import { buildReport, type ExportSource, type Report } from './report.js';

const SUITE = {
  id: 'customer-support',
  domain: 'customer_support' as const,
  name: 'Customer support',
  description: 'Everyday requests.',
  prompts: [{ number: 1, category: 'billing', prompt: 'When do I get my refund?' }],
};

/** A row as the runner makes it. */
export function row(
  number: number,
  change: Partial<CallOutcome> & { prompt?: string; category?: string | null } = {},
): Row {
  const { prompt = `Prompt ${number}`, category = 'billing', ...outcome } = change;
  return toRow({
    number,
    category,
    prompt,
    maxTokens: 512,
    outcome: {
      status: 'ok',
      text: `This is the answer to prompt ${number}.`,
      finishReason: 'stop',
      usage: { inputTokens: 10, outputTokens: 60, totalTokens: 70 },
      latencyMs: 500 + 10 * number,
      firstTokenMs: 120.5,
      error: null,
      calls: 1,
      retry: null,
      ...outcome,
    },
    attempts: 1,
    startedAt: '2026-01-15T10:00:00.000Z',
    finishedAt: '2026-01-15T10:00:01.000Z',
  });
}

export function source(results: Row[], run: Partial<Run> = {}): ExportSource {
  return {
    session: {
      sessionId: 'c0ffee00-0000-4000-8000-000000000001',
      expiresAt: '2026-01-15T11:00:00.000Z',
      model: { endpointUrl: 'https://api.example.com:8443/v1', modelId: 'ft:support-v3' },
    },
    run: {
      runId: 'c0ffee00-0000-4000-8000-000000000002',
      status: 'completed',
      suiteId: SUITE.id,
      modelId: 'ft:support-v3',
      concurrency: 4,
      total: results.length,
      completed: results.filter(({ status }) => status === 'ok').length,
      failed: results.filter(({ status }) => status === 'error' || status === 'timeout').length,
      startedAt: '2026-01-15T10:00:00.000Z',
      finishedAt: '2026-01-15T10:00:12.000Z',
      inFlight: [],
      ...run,
      results,
    },
  };
}

export function report(results: Row[], run: Partial<Run> = {}): Report {
  return buildReport(source(results, run), [SUITE], new Date('2026-01-15T10:30:00.000Z'));
}

/** Texts that have broken exports before. */
export const HOSTILE = {
  formula: '=HYPERLINK("http://evil.example","click")',
  dde: "=cmd|' /C calc'!A0",
  plus: '+1+1',
  minus: '-2+3',
  at: '@SUM(1)',
  fullWidth: '＝1+1',
  tab: '\t=1+1',
  spaces: '  =1+1',
  newline: '\n=1+1',
  zeroWidth: '\u200b=1+1',
  wordJoiner: '\u2060+1',
  override: '\u202e@SUM(1)',
  softHyphen: '\u00ad-1',
  byteOrderMark: '\ufeff=1+1',
  noBreakSpace: '\u00a0=1+1',
  variationSelector: '\ufe0f\u2800=1+1',
  smallEqualsSign: '﹦1+1',
  afterSemicolon: 'two;=1+1;"@SUM(1)',
  afterTab: 'two\t\u200b+1',
  afterLine: "two\n=1+1\r\n- cmd|' /C calc'!A0\n- 1&",
  nul: '\u0000=1+1',
  ansi: '\u001b[31mred\u001b[0m',
  bidi: 'safe \u202Etxt.exe\u202C',
  loneSurrogate: 'a \ud800 b',
  zalgo: `z${'\u0301'.repeat(1_000)}`,
  quotes: 'He said "hi", and left;\r\nthen came back',
  html: '<script>alert(1)</script> ![x](http://evil.example/x.png) [y](javascript:alert(1))',
  xml: ']]> &amp; <c> \ufffe \u000b',
  longWord: 'x'.repeat(100_000),
  languages: 'Grüße · Καλημέρα · Привет · مرحبا (30) · שלום · 您好，世界。 · こんにちは · 안녕 · नमस्ते · 👍🏽 🇩🇪',
};
