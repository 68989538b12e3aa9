import type { Token } from './tokens.js';

/** Verbs with a second half further on: "break the failures down", "leave the timeouts out". */
const SPLIT_VERBS: Record<string, RegExp> = {
  break: /^(down|up|out)$/,
  breaking: /^(down|up|out)$/,
  divide: /^up$/,
  leave: /^(out|aside|off|away)$/,
  leaving: /^(out|aside|off|away)$/,
  put: /^aside$/,
  set: /^aside$/,
  take: /^(out|away|off)$/,
  taking: /^(out|away|off)$/,
  keep: /^(out|aside)$/,
  filter: /^out$/,
  cut: /^out$/,
  strip: /^out$/,
  throw: /^out$/,
  add: /^up$/,
};
const FURTHEST = 8;

/** "Share" as something to do, not as a part of a whole. */
const ASKED_TO = /^(please|kindly|pls|plz|to|and|you|we|could|can|would|just|then|also|now|,|\.|!|-)$/;
const SHARED =
  /^(the|a|an|all|both|me|us|with|my|our|your|which|what|how|those|these|that|this|it|them|average|mean|p\d+)$/;

/** Words that only help another word to say what is asked, or say it in a way of their own, made plain. */
export function plainVerbs(tokens: readonly Token[]): Token[] {
  return tokens
    .filter((_, at) => !isFirstHalf(tokens, at) && !isCallBracket(tokens, at))
    .map((token, at, all) => (isSharing(all, at) ? { ...token, text: 'show' } : token));
}

function isFirstHalf(tokens: readonly Token[], at: number): boolean {
  const half = SPLIT_VERBS[tokens[at]?.text ?? ''];
  if (half === undefined) return false;
  const rest = tokens.slice(at + 1, at + FURTHEST);
  const stop = rest.findIndex(({ text }) => /^[.?!;]$/.test(text));
  const found = rest.findIndex(({ text }) => half.test(text));
  return found > 0 && (stop < 0 || found < stop);
}

/** The brackets of "avg(words)". */
function isCallBracket(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.text === '(') return token.glued && tokens[at - 1]?.kind === 'word';
  if (token?.text !== ')') return false;
  const open = tokens.slice(0, at).findLastIndex(({ text }) => text === '(');
  return open > 0 && isCallBracket(tokens, open);
}

function isSharing(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text !== 'share') return false;
  const before = tokens[at - 1]?.text;
  return (before === undefined || ASKED_TO.test(before)) && SHARED.test(tokens[at + 1]?.text ?? '');
}
