import { asksToAct } from './actions.js';
import type { Token } from './tokens.js';

/** Verbs with a second half further on: "break the failures down", "add the tokens up". */
const SPLIT_VERBS: Record<string, RegExp> = {
  break: /^(down|up|out)$/,
  breaking: /^(down|up|out)$/,
  divide: /^up$/,
  add: /^up$/,
};
/** "leave the timeouts out", "take travel away": what stands between is left out. */
const LEAVING_OUT: Record<string, RegExp> = {
  leave: /^(out|aside|off|away)$/,
  leaving: /^(out|aside|off|away)$/,
  put: /^aside$/,
  putting: /^aside$/,
  set: /^aside$/,
  setting: /^aside$/,
  take: /^(out|away|off)$/,
  taking: /^(out|away|off)$/,
  keep: /^(out|aside)$/,
  keeping: /^(out|aside)$/,
  filter: /^out$/,
  cut: /^out$/,
  strip: /^out$/,
  throw: /^(out|away)$/,
  chuck: /^(out|away|off)$/,
  kick: /^(out|off)$/,
  knock: /^(out|off)$/,
  pull: /^out$/,
};
/** "sum the run up" is "sum up the run". */
const REJOINED: Record<string, RegExp> = { sum: /^up$/, wrap: /^up$/, boil: /^down$/ };
const SECOND_HALVES = new Map(Object.entries({ ...SPLIT_VERBS, ...LEAVING_OUT, ...REJOINED }));
const FURTHEST = 8;
/** In "time out" and "come out" the half belongs to another verb. */
const OTHER_VERB = /^(time|timed|times|timing|come|comes|came|coming|work|worked|turn|turned|cut|ran|went|go|error)$/;

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
const PASSING = /^(on|in) (average|avg|total|mean|percent|percentages?)$/;

/** Words that only help another word to say what is asked, or say it in a way of their own, made plain. */
export function plainVerbs(tokens: readonly Token[]): Token[] {
  return joinHalves(asidesLast(tokens))
    .filter((_, at, all) => !isCallBracket(all, at))
    .map((token, at, all) => {
      if (isSharing(all, at) && !asksToAct(all, at)) return { ...token, text: 'show' };
      const borrowed = fromOtherLanguages(all, at);
      if (borrowed !== null) return { ...token, text: borrowed };
      return asksMeaning(all, at) ? { ...token, text: 'signify' } : token;
    });
}

const NOUN =
  /^(prompts?|answers?|responses?|repl(y|ies)|requests?|questions?|ones?|all|everything|those|categor(y|ies)|calls?|rows?)$/;
const GROUP = /^(categor(y|ies)|topic|theme|prompt|answer|response|reply|request|question|status|group|call|row)$/;

/** "higher as the average", "bigger like 5"; "more like 5" is about so many. */
const isComparative = (before: string, word: string) =>
  /^(high|low|long|short|big|small|larg|slow|fast|quick|great)(g?er|r|er)$/.test(before) ||
  (word === 'as' && /^(more|less|fewer)$/.test(before));

/** "the prompts what failed" are those that did; "pro category" is one for each. */
function fromOtherLanguages(tokens: readonly Token[], at: number): string | null {
  const [before, word, next] = [-1, 0, 1].map((step) => tokens[at + step]?.text ?? '');
  const relative = word === 'what' && NOUN.test(before ?? '');
  const asks = /^(is|are|was|were|the|a|an|do|does|did|about|of|if|happened|[^a-z].*|)$/.test(next ?? '');
  if (relative && !asks) return 'that';
  if (
    /^(as|like)$/.test(word ?? '') &&
    isComparative(before ?? '', word ?? '') &&
    !/^(well|a|an|if|soon|far|in)$/.test(next ?? '')
  )
    return 'than';
  return word === 'pro' && GROUP.test(next ?? '') ? 'per' : null;
}

/** "What does p95 mean": a word to be explained, not an average. */
function asksMeaning(tokens: readonly Token[], at: number): boolean {
  const ends = tokens.slice(at + 1).every(({ kind }) => kind === 'symbol');
  const opens = /^what do(es)? /.test(tokens.map(({ text }) => text).join(' '));
  return tokens[at]?.text === 'mean' && ends && opens && at > 2;
}

/** A verb in two halves without the first, which is told by the second: "the timeouts left out". */
function joinHalves(tokens: readonly Token[]): Token[] {
  let joined = [...tokens];
  for (let at = 0; at < joined.length; at += 1) {
    const verb = joined[at] as Token;
    const half = secondHalf(joined, at, SECOND_HALVES.get(verb.text));
    if (half === null) continue;
    const [between, second, rest] = [joined.slice(at + 1, half), joined.slice(half, half + 1), joined.slice(half + 1)];
    if (verb.text in REJOINED) joined = [...joined.slice(0, at + 1), ...second, ...between, ...rest];
    else if (verb.text in LEAVING_OUT) {
      const left = second.map((token) => ({ ...token, text: 'left' }));
      joined = [...joined.slice(0, at), ...between, ...left, ...second, ...rest];
    } else joined = [...joined.slice(0, at), ...between, ...second, ...rest];
  }
  return joined;
}

/** Where a verb has its second half, apart from the first; null where it has none. */
function secondHalf(tokens: readonly Token[], at: number, half: RegExp | undefined): number | null {
  if (half === undefined) return null;
  const rest = tokens.slice(at + 1, at + FURTHEST);
  const stop = rest.findIndex(({ text }) => /^[.?!;]$/.test(text));
  const found = rest.findIndex(({ text }, index) => half.test(text) && !OTHER_VERB.test(rest[index - 1]?.text ?? ''));
  return found > 0 && (stop < 0 || found < stop) ? at + 1 + found : null;
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
