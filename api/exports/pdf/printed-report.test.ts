import { describe, expect, test } from 'vitest';
import { report, row } from '../report.fixture.js';
import { forPrint } from './printed-report.js';

const remarksOn = (text: string, finishReason = 'stop') =>
  forPrint(report([row(1, { text, finishReason })])).rows[0]!.remarks;

describe('the report for print', () => {
  test('labels what heuristics say, each with what triggered it', () => {
    expect(remarksOn('Could you share your order number?')).toEqual([
      'Asks back (heuristic): asks “Could you share your order number?”',
    ]);
    expect(remarksOn("I'm sorry, I can't help with that.")).toEqual(["Refuses (heuristic): says “I can't help”"]);
    expect(remarksOn('I am happy to help you with that order today. '.repeat(12))).toEqual([
      expect.stringContaining('Repeats itself (heuristic)'),
    ]);
    expect(remarksOn('Cut', 'length')).toEqual([
      'Cut by the token limit',
      'Seems incomplete (heuristic): stopped by the token limit (finish reason length)',
    ]);
  });

  test('cuts long texts and says so', () => {
    const [printed] = forPrint(report([row(1, { text: 'x'.repeat(5_000), prompt: 'y'.repeat(5_000) })])).rows;
    expect(printed!.response).toMatch(/\[cut: 5,000 characters in all\]$/);
    expect(printed!.prompt).toMatch(/\[cut: 5,000 characters in all\]$/);
  });

  test('lists every text that its fonts must draw', () => {
    const { texts, boldTexts } = forPrint(report([row(1, { text: '漢字', prompt: 'Ж', category: 'α' })]));
    expect(texts).toEqual(expect.arrayContaining(['漢字', 'Ж', 'α']));
    expect(boldTexts).toContain('Ж');
  });
});
