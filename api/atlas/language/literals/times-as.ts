import type { Tag } from '../../tags.js';
import { readNumber } from '../numbers.js';
import type { Token } from '../tokens.js';

const NAMED = /^(twice|double|thrice|triple|treble|quadruple|half)$/;
const COMPARATIVE =
  /^(slower|faster|longer|quicker|shorter|more|less|fewer|higher|lower|bigger|larger|smaller|greater|heavier|lighter|wordier|lengthier|chattier|speedier|snappier)$/;
const ADJECTIVE =
  /^(slow|fast|quick|long|short|big|large|high|low|small|heavy|wordy|verbose|chatty|lengthy|much|many)$/;
const MEASURE =
  /^(latency|time|response|duration|length|size|tokens?|input|output|total|words|characters|speed|throughput|wait|amount|number)$/;
const AMOUNT = /^(amount|number)$/;

/**
 * "twice as long as", "at least 5x slower than", "three times as many tokens as", "double the latency of": one thing is
 * held against another. How many times it is, the answer tells.
 */
export function timesAs(tokens: readonly Token[], at: number): { tag: Tag; end: number } | null {
  const end = afterTimes(tokens, at);
  if (end === null) return null;
  const text = (index: number) => tokens[index]?.text ?? '';
  const tag: Tag = { kind: 'relation', relation: 'ratio' };
  if (text(end) === 'as' && ADJECTIVE.test(text(end + 1))) return { tag, end: end + 2 };
  if (COMPARATIVE.test(text(end))) return { tag, end: text(end + 1) === 'than' ? end + 2 : end + 1 };
  if (text(end) === 'that' && text(end + 1) === 'of') return { tag, end: end + 1 };
  if (text(end) === 'the' && MEASURE.test(text(end + 1)))
    return { tag, end: AMOUNT.test(text(end + 1)) ? end + 2 : end };
  return null;
}

function afterTimes(tokens: readonly Token[], at: number): number | null {
  if (NAMED.test(tokens[at]?.text ?? '')) return at + 1;
  const read = readNumber(tokens, at);
  if (read === null) return null;
  if (/^(times|x|×|fold)$/.test(tokens[read.end]?.text ?? '')) return read.end + 1;
  return null;
}
