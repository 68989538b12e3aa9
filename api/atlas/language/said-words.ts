import type { Linked } from './search.js';
import { isSearched } from './text-search.js';
import { type Token, text } from './tokens.js';

const LONGEST_TERM = 3;
const FURTHEST = 9;
const FUNCTION_WORD = /^(the|a|an|my|our|any|some|all|of|your|their|its|each|every)$/;
const RESPONSE = /^(answers?|repl(y|ies)|responses?|outputs?|completions?|texts?|messages?|model|bot|assistant)$/;
const PROMPT = /^(prompts?|questions?|requests?|quer(y|ies))$/;
const SAID =
  /^((is|are|was|were|gets?|got|been|being|ever|actually|even) )*(mentioned|named|brought up|talked about|discussed|referenced|cited|(comes?|came|shows?|showed|turns?|turned|pops?|popped|crops?|cropped) up|(appear|occur)(s|ed|red)?)( (anywhere|somewhere|ever|at all))?$/;
const between = (tokens: readonly Token[], from: number, to: number) =>
  tokens
    .slice(from, to)
    .map((token) => token.text)
    .join(' ');

/** "Does bitcoin come up in any of the responses?", "is a visa mentioned anywhere": the word stands before its verb. */
export function saidSomewhere(tokens: readonly Token[], at: number, raw: string): Linked | null {
  let before = at - 1;
  while (FUNCTION_WORD.test(text(tokens, before))) before -= 1;
  if (!/^(does|do|did|is|are|was|were|has|have|where)$/.test(text(tokens, before)) && !inWhich(tokens, before))
    return null;
  for (let end = at + 1; end <= at + LONGEST_TERM; end += 1) {
    if (!isTerm(tokens, end - 1)) return null;
    const verb = verbEnd(tokens, end);
    if (verb === null || FUNCTION_WORD.test(text(tokens, at))) continue;
    const goesOn = /^(but|and|while|yet|,)$/.test(text(tokens, verb));
    const field = goesOn ? 'either' : placeOf(tokens, verb);
    if (field === null) return null;
    return { tag: { kind: 'text', texts: [termOf(tokens, at, end, raw)], field, negated: false }, end: verb };
  }
  return null;
}

const inWhich = (tokens: readonly Token[], at: number) => text(tokens, at) === 'which' && text(tokens, at - 1) === 'in';

function verbEnd(tokens: readonly Token[], at: number): number | null {
  for (let end = at + 5; end > at; end -= 1) {
    if (end <= tokens.length && SAID.test(between(tokens, at, end))) return end;
  }
  return null;
}

/** "in any of the responses", "by the model"; with no place named it is sought in the responses. */
function placeOf(tokens: readonly Token[], at: number): 'response' | 'prompt' | null {
  if (tokens[at] === undefined || tokens[at]?.kind === 'symbol') return 'response';
  if (!/^(in|by|within|inside|across|among)$/.test(text(tokens, at))) return null;
  let noun = at + 1;
  while (FUNCTION_WORD.test(text(tokens, noun))) noun += 1;
  if (RESPONSE.test(text(tokens, noun))) return 'response';
  return PROMPT.test(text(tokens, noun)) ? 'prompt' : null;
}

/** "with visa or refund in them", "that have either visa or spam folder in the text": all that stands before "in". */
export function saidInside(tokens: readonly Token[], at: number, raw: string): Linked | null {
  if (!/^(with|has|have|having|containing|had)$/.test(text(tokens, at - 1))) return null;
  const end = tokens.findIndex((_, index) => index > at && index < at + FURTHEST && isInside(tokens, index));
  if (end < 0) return null;
  const terms: string[] = [];
  let start = /^(either|the|a|an|both)$/.test(text(tokens, at)) ? at + 1 : at;
  for (let index = start; index <= end; index += 1) {
    if (index < end && !/^(or|and|,|\/)$/.test(text(tokens, index))) {
      if (!isTerm(tokens, index)) return null;
      continue;
    }
    if (index > start) terms.push(termOf(tokens, start, index, raw));
    start = /^(the|a|an)$/.test(text(tokens, index + 1)) ? index + 2 : index + 1;
  }
  const all = tokens.slice(at, end).some(({ text }) => text === 'and');
  if (terms.length < 2 || all) return null;
  return { tag: { kind: 'text', texts: terms, field: 'either', negated: false }, end: end + 2 };
}

/** As it is written, without its quotation marks. */
const termOf = (tokens: readonly Token[], from: number, to: number, raw: string) =>
  raw.slice(tokens[from]?.start, tokens[to - 1]?.end).replace(/["'`]/g, '');

const isInside = (tokens: readonly Token[], at: number) =>
  /^(in|inside|within)$/.test(text(tokens, at)) && /^(it|them|there|em)$/.test(text(tokens, at + 1));

const isTerm = (tokens: readonly Token[], at: number) =>
  (tokens[at]?.kind === 'word' || tokens[at]?.kind === 'quote') && isSearched(tokens, at);
