import type { Item } from '../tags.js';
import type { RowWords } from './rows.js';
import type { Linked } from './search.js';
import { type Token, text } from './tokens.js';
import { matchPhrase } from './vocabulary.js';

const BUT = /^(but|and|yet|though|while|whereas|,)$/;
const NO =
  /^(not|no|never|without|except|excluding|minus|lacking|omitting|avoiding|omit|omits|lack|lacks|avoid|avoids)$/;
/** What may stand between the denial and the word: "those that mention the word", "any mention of". */
const BETWEEN =
  /^(those|ones?|any|that|which|who|do|does|did|not|the|a|an|of|any|word|words|term|phrase|for|mention|mentions|mentioned|mentioning|say|says|saying|said|contain|contains|containing|include|includes|including|use|uses|using|have|has|having|with|talk|talks|talking|discuss|discusses|discussing|about|on|regarding|refer|refers|referring|to|name|names|naming)$/;
const VERB =
  /^(mention|mentions|mentioned|mentioning|say|says|saying|said|word|words|term|phrase|talk|talks|talking|about|discuss|discusses|discussing|naming|names)$/;

/**
 * "that mention visa but not refund", "containing price but no refund in it", "with cancel in the text, except those that
 * mention flight": once a text is sought, what is denied beside it is a text as well. A word that has a meaning of its
 * own ("but not truncated") is one only where its verb is said again, or where it is a noun that the texts have.
 */
export function deniedWord(
  tokens: readonly Token[],
  at: number,
  raw: string,
  before: readonly Item[],
  rowWords: RowWords,
): Linked | null {
  const behind = deniedBehind(tokens, at, raw, before);
  if (behind) return behind;
  const start = afterDenial(tokens, at);
  const sought = before.findLast(({ tag }) => !PASSED.has(tag.kind));
  if (start === null || sought?.tag.kind !== 'text' || sought.tag.negated) return null;
  let term = start;
  while (BETWEEN.test(text(tokens, term)) && tokens[term + 1] !== undefined) term += 1;
  const token = tokens[term];
  const verb = tokens.slice(start, term).some(({ text }) => VERB.test(text));
  if (token === undefined || token.kind === 'symbol' || token.kind === 'number') return null;
  if (token.kind !== 'quote' && STARTS_NONE.test(token.text)) return null;
  if (token.kind !== 'quote' && !verb && !mayBeText(tokens, start, term, rowWords)) return null;
  const end = token.kind === 'quote' ? term + 1 : endOfTerm(tokens, term);
  const last = tokens[end - 1] ?? token;
  const words = token.kind === 'quote' ? token.text : raw.slice(token.start, last.end);
  return { tag: { kind: 'text', texts: [words], field: sought.tag.field, negated: true }, end: pastPlace(tokens, end) };
}

const STARTS_NONE =
  /^(in|on|at|from|for|under|over|above|below|by|per|than|more|less|most|least|slower|faster|longer|shorter|it|them|is|are|was|were|be|all|every|each|only|just|both|yet|still|me|here|there|to|with|if|because|so)$/;
/** "where refund is mentioned but compensation is not": the word stands before its denial. */
function deniedBehind(tokens: readonly Token[], at: number, raw: string, before: readonly Item[]): Linked | null {
  const [last, token] = [before.at(-1), tokens[at]];
  const sought = before.findLast(({ tag }) => tag.kind !== 'joint')?.tag.kind === 'text';
  const quoted = token?.kind === 'quote' || (token?.kind === 'word' && matchPhrase(tokens, at) === null);
  if (last?.tag.kind !== 'joint' || !sought || !quoted || token === undefined) return null;
  const denies =
    /^(is|are|was|were|do|does|did|has|have)$/.test(text(tokens, at + 1)) && text(tokens, at + 2) === 'not';
  if (!denies) return null;
  const said = /^(mentioned|appear|occur|named|there|in|contained|included|show)$/.test(text(tokens, at + 3))
    ? at + 4
    : at + 3;
  if (tokens[said] !== undefined && tokens[said]?.kind !== 'symbol') return null;
  const words = token.kind === 'quote' ? token.text : raw.slice(token.start, token.end);
  return { tag: { kind: 'text', texts: [words], field: 'either', negated: true }, end: said };
}

const PASSED = new Set(['joint', 'reference', 'entity']);

/** The first token behind "but not", "and no", "without", ", never". */
function afterDenial(tokens: readonly Token[], at: number): number | null {
  let next = at;
  while (BUT.test(text(tokens, next))) next += 1;
  const helped = /^(do|does|did)$/.test(text(tokens, next)) && text(tokens, next + 1) === 'not';
  if (helped) return next + 2;
  const leaves = /^(leave|leaves|leaving|left)$/.test(text(tokens, next)) && text(tokens, next + 1) === 'out';
  if (leaves) return next + 2;
  return NO.test(text(tokens, next)) ? next + 1 : null;
}

function mayBeText(tokens: readonly Token[], denial: number, at: number, rowWords: RowWords): boolean {
  const word = text(tokens, at);
  if (rowWords.categoryWords.has(word)) return false;
  const meaning = matchPhrase(tokens, at)?.tag.kind;
  if (meaning === undefined || meaning === 'entity' || meaning === 'courtesy') return true;
  const without = /^(without|no)$/.test(text(tokens, denial - 1)) && /ed$/.test(word);
  return (
    rowWords.isSaid(word) && (without || !/(ed|y|ing|less|ete|ok|fine)$/.test(word)) && endOfTerm(tokens, at) === at + 1
  );
}

/** Words up to the end of the clause, or to where something else begins. */
function endOfTerm(tokens: readonly Token[], at: number): number {
  let end = at + 1;
  while (
    end < at + 3 &&
    tokens[end]?.kind === 'word' &&
    !ENDS.test(text(tokens, end)) &&
    matchPhrase(tokens, end) === null
  )
    end += 1;
  return end;
}

const ENDS =
  /^(in|inside|within|at|or|and|but|please|pls|anywhere|somewhere|too|either|are|is|were|was|do|does|did|have|has|there)$/;

/** "in it", "in them", "in the text" say where, which is known. */
function pastPlace(tokens: readonly Token[], at: number): number {
  if (!/^(in|inside|within)$/.test(text(tokens, at))) return at;
  if (/^(it|them|there|em)$/.test(text(tokens, at + 1))) return at + 2;
  const named =
    /^(the|their|its)$/.test(text(tokens, at + 1)) && /^(text|texts|wording|body)$/.test(text(tokens, at + 2));
  return named ? at + 3 : at;
}
