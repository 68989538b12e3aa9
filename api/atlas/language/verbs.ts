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

/** "how long, on average, did it take": said in passing, it is put last, where it parts nothing. */
function asidesLast(tokens: readonly Token[]): Token[] {
  const at = tokens.findIndex(
    ({ text }, index) => text === ',' && PASSING.test([1, 2].map((step) => tokens[index + step]?.text).join(' ')),
  );
  if (at < 1 || tokens[at + 3]?.text !== ',') return [...tokens];
  const rest = [...tokens.slice(0, at), ...tokens.slice(at + 4)];
  const stop = rest.findIndex(({ text }, index) => index >= at && /^[.?!;:]$/.test(text));
  const end = stop < 0 ? rest.length : stop;
  return [...rest.slice(0, end), ...tokens.slice(at + 1, at + 3), ...rest.slice(end)];
}
const PASSING = /^(on|in) (average|avg|total|mean)$/;

/** Words that only help another word to say what is asked, or say it in a way of their own, made plain. */
export function plainVerbs(tokens: readonly Token[]): Token[] {
  return asidesLast(tokens)
    .filter((_, at, all) => !isFirstHalf(all, at) && !isCallBracket(all, at))
    .map((token, at, all) => {
      if (isSharing(all, at)) return { ...token, text: 'show' };
      return asksMeaning(all, at) ? { ...token, text: 'signify' } : token;
    });
}

/** "What does p95 mean": a word to be explained, not an average. */
function asksMeaning(tokens: readonly Token[], at: number): boolean {
  const ends = tokens.slice(at + 1).every(({ kind }) => kind === 'symbol');
  const opens = /^what do(es)? /.test(tokens.map(({ text }) => text).join(' '));
  return tokens[at]?.text === 'mean' && ends && opens && at > 2;
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
