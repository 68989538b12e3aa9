import type { Tag } from '../tags.js';
import type { Token } from './tokens.js';

const REASONS = new Set(['stop', 'length', 'content_filter', 'tool_calls']);
const ENDS =
  /^(finish|finishes|finished|finishing|end|ends|ended|ending|stop|stops|stopped|stopping|terminated|reasons?)$/;
const BETWEEN =
  /^(with|in|by|on|as|for|of|at|from|because|due|to|the|a|is|was|are|were|being|says?|said|shows?|reads?|=|:)$/;

/** "finished with 'stop'": a reason to finish in quotes is no text to search for. */
export function quotedReason(tokens: readonly Token[], at: number): Tag | null {
  const value = tokens[at]?.text.trim().toLowerCase() ?? '';
  if (tokens[at]?.kind !== 'quote' || !REASONS.has(value)) return null;
  let before = at - 1;
  while (BETWEEN.test(tokens[before]?.text ?? '')) before -= 1;
  if (!ENDS.test(tokens[before]?.text ?? '')) return null;
  return { kind: 'filter', where: { field: 'finishReason', op: '=', value } };
}
