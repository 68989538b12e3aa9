import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../../contract/row.js';
import { ask } from '../../ask.js';

const path = new URL('../../../../testing/corpora/atlas/garden-rows.json', import.meta.url);
const rows: Row[] = JSON.parse(readFileSync(path, 'utf8'));
const failed = (row: Row) => row.status === 'error' || row.status === 'timeout';
const [category] = rows.filter(failed).map((row) => row.category);

/** What is spoken of, and what of it is to be left out; some row is both. */
const PAIRS: [string, (row: Row) => boolean, string, (row: Row) => boolean][] = [
  ['failed requests', failed, 'the timeouts', ({ status }) => status === 'timeout'],
  ['the answered ones', ({ status }) => status === 'ok', 'the truncated ones', ({ truncated }) => truncated],
  ['everything that failed', failed, `${category}`, (row) => row.category === category],
  ['prompts over 600 ms', ({ latencyMs }) => (latencyMs ?? 0) > 600, 'the refusals', ({ refusal }) => refusal],
];

const EXCEPTIONS = [
  'apart from',
  'aside from',
  'other than',
  'besides',
  'minus',
  'but not',
  'but no',
  'but without',
  'but for',
  'excluding',
  'excepting',
  'except',
  'except for',
  'exept',
  'appart from',
  'with the exception of',
  'without',
  'w/o',
  'sans',
  'not counting',
  'not including',
  'not considering',
  'without counting',
  'leaving out',
  'leaving aside',
  'setting aside',
  'ignoring',
  'disregarding',
  'discounting',
  'omitting',
  'skipping',
  'dropping',
  'taking away',
  'barring',
  'save for',
  'outside of',
  'rather than',
  'after removing',
  'once you remove',
  'if you take out',
  'if we ignore',
  'never mind',
];

const ORDERS: ((all: string, but: string, these: string) => string)[] = [
  (all, but, these) => `list ${all} ${but} ${these}`,
  (all, but, these) => `${all} ${but} ${these}, prompt numbers please`,
  (all, but, these) => `which are ${all}, ${but} ${these}?`,
  (all, but, these) => `${but} ${these}, list ${all}`,
];

function told(question: string): number[] | null {
  const { answer, conversation } = ask({ id: question, question, rows, run: null, conversation: null });
  return answer.kind === 'answer' ? conversation.rows : null;
}

describe('an exception', () => {
  it('holds rows of both kinds to tell apart', () => {
    for (const [, all, , these] of PAIRS) {
      expect(rows.filter((row) => all(row) && these(row))).not.toEqual([]);
      expect(rows.filter((row) => all(row) && !these(row))).not.toEqual([]);
    }
  });

  it.each(EXCEPTIONS)('is never among what is told: "%s"', (but) => {
    const answered = PAIRS.flatMap(([all, isAll, these, isThese]) =>
      ORDERS.map((order) => {
        const question = order(all, but, these);
        const numbers = told(question);
        const wanted = rows.filter((row) => isAll(row) && !isThese(row)).map(({ number }) => number);
        if (numbers !== null) expect({ question, numbers }).toEqual({ question, numbers: wanted });
        return numbers !== null;
      }),
    );
    expect(answered.filter(Boolean).length).toBeGreaterThanOrEqual(answered.length / 2);
  });
});
