import type { Token } from './tokens.js';

const VERB = /^(send|submit|fire|run|ask|process|execute|call|try|launch|trigger|put)$/;
const BEFORE_VERB = /^(please|pls|kindly|you|and|then|to|just|now|,|\.|!|-)$/;
const FURTHEST = 8;

/** "send number 14 again", "run those once more": something to be done anew, not something to be shown. */
export function asksToRepeat(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text;
  const opens = VERB.test(tokens[at]?.text ?? '') && (before === undefined || BEFORE_VERB.test(before));
  if (!opens || /^(me|us|over)$/.test(tokens[at + 1]?.text ?? '')) return false;
  const rest = tokens.slice(at + 1, at + FURTHEST).map(({ text }) => text);
  const stop = rest.findIndex((text) => /^[.,?!;]$/.test(text));
  const clause = (stop < 0 ? rest : rest.slice(0, stop)).join(' ');
  return /\b(again|anew|afresh|once more|one more time|another time|a second time)\b/.test(clause);
}
