import type { Tag } from '../tags.js';
import type { Token } from './tokens.js';
import { isNoise, matchPhrase } from './vocabulary.js';

export interface Searched {
  texts: string[];
  joint: 'or' | 'and' | null;
  end: number;
}

const TERM =
  /^(word|words|term|terms|phrase|keyword|string|expression|text|any|either|both|about|of|mentions?|containing|saying|for|whatever|whatsoever|at|all)$/;
const STOP =
  /^(in|inside|within|yet|from|that|which|who|whose|what|when|where|how|but|at|somewhere|anywhere|please|pls|per|by|then|are|is|was|were|do|does|did|has|have|had|it|them|to|me|us|if|so|though|than|ones?|somehow|too|also|only|not|without|as|back|again|on|more|less|most|anything|something|nothing|everything|can|could|would|per|across|there|here|for|its|their|though|tho|lol|mate|thanks|this|those|these|they|you|we|i|some|many|most|few|each|every|all|before|after|until|till|during|while)$/;
/** Verbs that a term before them ends at: "does the word refund appear". */
const SAID_OF =
  /^(takes?|took|taken|lasts?|lasted|needs?|needed|appears?|appeared|appearing|occurs?|occurred|comes?|came|shows?|showed|turns?|pops?|mentioned|used|found|named|cited|spoken|written)$/;
/** Meanings that a search term may not have: "contains more than 20 words" is no search for "more". */
const NOT_SEARCHED = new Set([
  'compare',
  'filter',
  'metric',
  'ask',
  'aggregate',
  'order',
  'prompts',
  'dimension',
  'negation',
  'reference',
  'export',
  'chart',
]);

/** What stands after "mentions …": a quotation, or the words up to the end of the phrase. */
export function readSearch(tokens: readonly Token[], at: number, raw: string): Searched | null {
  let start = at;
  const leads = () =>
    TERM.test(tokens[start]?.text ?? '') ||
    isNoise(tokens[start]?.text ?? '') ||
    [':', '(', '/'].includes(tokens[start]?.text ?? '');
  let explicit =
    TERM.test(tokens[at - 1]?.text ?? '') &&
    /^(word|words|term|terms|phrase|keyword|string)$/.test(tokens[at - 1]?.text ?? '');
  const spoken = /^(mention|mentions|mentioned|mentioning|say|says|said|discuss|discusses|discussed)$/;
  while (start < tokens.length && tokens[start]?.kind !== 'quote' && leads()) {
    explicit ||= /^(word|words|term|terms|phrase|keyword|string)$/.test(tokens[start]?.text ?? '');
    start += 1;
  }
  const closes = tokens[start + 1] === undefined || tokens[start + 1]?.kind === 'symbol';
  if (spoken.test(tokens[at - 1]?.text ?? '') || spoken.test(tokens[at - 2]?.text ?? ''))
    explicit ||= closes && start > at;
  if (mentions(tokens, at) && isSaid(tokens, start)) explicit = true;
  const judged = matchPhrase(tokens, start);
  if (!named(tokens, at, start) && !mentions(tokens, at) && judged && judges(judged.tag)) return null;
  const first = readTerm(tokens, start, raw, explicit);
  if (!first) return null;
  const texts = [first.text];
  let end = first.end;
  let joint: Searched['joint'] = null;
  while (/^(or|and|,|\/|&)$/.test(tokens[end]?.text ?? '')) {
    const corrected = correctedTerm(tokens, end, raw, explicit);
    if (corrected) return { texts: [corrected.text], joint: null, end: corrected.end };
    if (tokens[end]?.text === ',' && COURTESY.test(tokens[end + 1]?.text ?? '')) break;
    const kind = /^(and|&)$/.test(tokens[end]?.text ?? '') ? 'and' : 'or';
    let next = end + 1;
    while (SAID_AGAIN.test(tokens[next]?.text ?? '')) next += 1;
    const more =
      tokens[next]?.kind === 'quote' || first.quoted === false ? readTerm(tokens, next, raw, explicit) : null;
    if (!more || more.quoted !== first.quoted) break;
    texts.push(more.text);
    joint = joint === 'and' ? 'and' : kind;
    end = more.end;
  }
  return { texts, joint, end };
}

/** "mentions a refund or the warranty, please" */
const COURTESY = /^(please|pls|plz|thanks|thank|thx|ty|cheers|ta|kindly)$/;

/** "about a visa or about refunds": the verb is said once more. */
const SAID_AGAIN =
  /^(or|and|the|a|an|words?|phrase|term|of|either|about|regarding|mentions?|mentioning|says?|saying|talks?|talking|discuss(es)?)$/;

const CORRECTION =
  /^(sorry|i mean|i meant|no|no wait|wait no|no sorry|sorry i mean|rather|or rather|oops|correction|scratch that|make that)$/;

/** "the word restaraunt, sorry, restaurant": the last is what is meant. */
function correctedTerm(tokens: readonly Token[], at: number, raw: string, explicit: boolean) {
  const words = (count: number) =>
    tokens
      .slice(at + 1, at + 1 + count)
      .map(({ text }) => text)
      .join(' ');
  const length = [3, 2, 1].find((count) => CORRECTION.test(words(count)));
  if (length === undefined || tokens[at]?.text !== ',') return null;
  let next = at + 1 + length;
  const comma = tokens[next]?.text === ',';
  if (!comma && words(length) === 'sorry') return null;
  if (comma) next += 1;
  while (/^(the|a|an|word)$/.test(tokens[next]?.text ?? '')) next += 1;
  return readTerm(tokens, next, raw, explicit);
}

/** A word that may be sought: one with no meaning that would be lost by it. */
export function isSearched(tokens: readonly Token[], at: number): boolean {
  const meaning = matchPhrase(tokens, at)?.tag;
  const word = tokens[at]?.text ?? '';
  return !STOP.test(word) && !SAID_OF.test(word) && !(meaning && NOT_SEARCHED.has(meaning.kind));
}

/** "says the word true" */
const named = (tokens: readonly Token[], at: number, start: number) =>
  tokens[start]?.kind === 'quote' ||
  tokens.slice(at - 1, start).some(({ text }) => /^(word|words|term|terms|phrase|keyword|string)$/.test(text));

const mentions = (tokens: readonly Token[], at: number) =>
  /\b(mention(s|ed|ing)?|(bring|brings|bringing|brought) up)( the| a| an)?$/.test(
    tokens
      .slice(Math.max(0, at - 3), at)
      .map(({ text }) => text)
      .join(' '),
  );

/** "mentions zero", "brings up csv": what is said in an answer may well be a number or a format. */
function isSaid(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.kind === 'number') return tokens[at + 1] === undefined || tokens[at + 1]?.kind === 'symbol';
  const meaning = matchPhrase(tokens, at)?.tag.kind;
  return meaning === 'export' || meaning === 'refused' || (meaning === 'negation' && tokens[at]?.text === 'zero');
}

/** "contains mistakes" asks for a judgement, not for the word. */
const judges = (tag: Tag) => tag.kind === 'refused' && ['quality', 'action', 'settings'].includes(tag.topic);

function readTerm(
  tokens: readonly Token[],
  at: number,
  raw: string,
  explicit: boolean,
): { text: string; quoted: boolean; end: number } | null {
  const first = tokens[at];
  if (first === undefined) return null;
  if (first.kind === 'quote') return { text: first.text, quoted: true, end: at + 1 };
  const searchable =
    /^(please|pls|thanks|sorry|hello|it|not|no|yes)$/.test(first.text) &&
    (explicit || first.text !== 'it') &&
    first.text !== 'not' &&
    first.text !== 'no';
  if (
    !(first.kind === 'word' || (explicit && first.kind === 'number')) ||
    (STOP.test(first.text) && !searchable) ||
    /^(model|bot|assistant|ai|llm|endpoint|api|chatbot)$/.test(first.text) ||
    /^(or|and)$/.test(first.text)
  )
    return null;
  const meaning = matchPhrase(tokens, at);
  if (!explicit && meaning && (NOT_SEARCHED.has(meaning.tag.kind) || judges(meaning.tag))) return null;
  let end = at + 1;
  while (end < tokens.length && end - at < 4 && tokens[end]?.kind === 'word') {
    const word = tokens[end]?.text ?? '';
    if (STOP.test(word) || SAID_OF.test(word) || /^(or|and|&)$/.test(word)) break;
    const next = matchPhrase(tokens, end);
    if (!explicit && next && judges(next.tag)) return null;
    if (next && (NOT_SEARCHED.has(next.tag.kind) || next.tag.kind === 'entity' || next.tag.kind === 'cue')) break;
    end += 1;
  }
  return { text: raw.slice(first.start, tokens[end - 1]?.end).trim(), quoted: false, end };
}
