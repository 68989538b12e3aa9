import type { Tag } from '../tags.js';
import { asksToAct } from './actions.js';
import { knownAsker } from './askers.js';
import { namedCategory, namesUnknownCategory } from './categories.js';
import { deniedWord } from './denied-words.js';
import { interjection } from './interjections.js';
import { readLiteral } from './literals/literals.js';
import { namedLimit } from './named-limits.js';
import { groupsHere, ownWords, ownWordsInAnswers, ownWordsLeft, ownWordsOfNoun, quotation } from './own-words.js';
import type { Place } from './place.js';
import { quotedReason } from './reasons.js';
import { endsRemark, openerHere } from './remarks.js';
import { matchCategory } from './rows.js';
import { saidInside, saidSomewhere } from './said-words.js';
import {
  containedWord,
  courtesySought,
  type Linked,
  search,
  searchedWith,
  withNotWithout,
  wordInText,
  writtenInAnswers,
} from './search.js';
import { pointsThere, putsBack } from './there.js';
import { isEnglish, isHarmless, isLight, isNoise, matchPhrase } from './vocabulary.js';
import { becameOfThings, isDayOfRun } from './world.js';

/** One kind of meaning that may begin at a place; null where it does not. */
type Reader = (place: Place) => Linked | null;

/** Every kind of meaning, in the order of precedence. */
const READERS: readonly Reader[] = [
  ({ tokens, at, raw }) => saidSomewhere(tokens, at, raw) ?? saidInside(tokens, at, raw),
  ({ tokens, at, raw, before, rowWords }) => deniedWord(tokens, at, raw, before, rowWords),
  ({ tokens, at, raw, rowWords }) => wordInText(tokens, at, raw) ?? withNotWithout(tokens, at, raw, rowWords),
  becameOfThings,
  namedLimit,
  wordWithPlace,
  quotation,
  (place) => (announcesQuote(place) ? oneWord(place, null) : null),
  (place) => (joinsRange(place) ? oneWord(place, { kind: 'joint', joint: 'comma' }) : null),
  (place) => (asksToAct(place.tokens, place.at) ? oneWord(place, { kind: 'refused', topic: 'action' }) : null),
  ({ tokens, at, rowWords }) => knownAsker(tokens, at, rowWords),
  ({ tokens, at, raw }) => courtesySought(tokens, at, raw),
  namedCategory,
  interjection,
  (place) => (namesEarlierModel(place) ? oneWord(place, unknown(place, true)) : null),
  ownWordsInAnswers,
  ownWords,
  ownWordsOfNoun,
  kindOfEach,
  longestOpener,
  limitInTime,
  ({ literal, reach }) => (literal && literal.end >= reach ? literal : null),
  (place) => (endsRemark(place) ? oneWord(place, { kind: 'joint', joint: 'comma' }) : null),
  included,
  sought,
  ({ phrase }) => phrase,
  ({ category }) => category,
  punctuation,
  openerHere,
  (place) => (namesNothingKnown(place) ? oneWord(place, unknown(place, true)) : null),
  (place) => (isSignature(place) || isDayOfRun(place) ? oneWord(place, null) : null),
  ({ tokens, at, raw }) => writtenInAnswers(tokens, at, raw),
  harmless,
  ({ tokens, at, raw }) => searchedWith(tokens, at, raw),
  ownWordsLeft,
];

/** What the words from here on mean, and how far they go. */
export function meaningAt(place: Place): Linked {
  for (const read of READERS) {
    const linked = read(place);
    if (linked) return linked;
  }
  return { tag: unknown(place, isEnglish(place.token.text)), end: place.at + 1 };
}

/** This one word, with that meaning; null: with none. */
const oneWord = ({ at }: Place, tag: Tag | null): Linked => ({ tag, end: at + 1 });

const unknown = ({ token }: Place, english: boolean): Tag => ({ kind: 'unknown', word: token.text, english });

function wordWithPlace(place: Place): Linked | null {
  const tag =
    quotedReason(place.tokens, place.at) ?? pointsThere(place.tokens, place.at) ?? putsBack(place.tokens, place.at);
  return tag && oneWord(place, tag);
}

/** "how many of each kind": of prompt, or of what is spoken of. */
function kindOfEach(place: Place): Linked | null {
  const names = /^(type|kind|sort)s?$/.test(place.token.text) && place.reach <= place.at + 1;
  return names && groupsHere(place) ? oneWord(place, { kind: 'dimension', by: 'category' }) : null;
}

/** 'the word "refund"': says what is quoted, and asks for no number of words. */
const announcesQuote = ({ tokens, at, token }: Place) =>
  tokens[at + 1]?.kind === 'quote' && /^(words?|term|phrase|keyword|string|text|expression)$/.test(token.text);

/** "600 to 800 ms", "100 to 150 characters" */
function joinsRange({ tokens, at, token, before }: Place): boolean {
  const last = before.at(-1);
  if (token.text !== 'to' || last?.tag.kind !== 'quantity' || last.to !== at) return false;
  const upper = readLiteral(tokens, at + 1);
  if (upper?.tag.kind !== 'quantity') return false;
  return upper.tag.unit !== null || matchPhrase(tokens, upper.end)?.tag.kind === 'metric';
}

function longestOpener(place: Place): Linked | null {
  const opener = openerHere(place);
  const { phrase, reach } = place;
  const longest = opener && (opener.end > reach || (opener.end === reach && phrase?.tag.kind === 'courtesy'));
  return longest ? opener : null;
}

/** "the first token came | after 300 ms": more than that. Elsewhere the word may tell when something was given up. */
function limitInTime(place: Place): Linked | null {
  const { tokens, at, token, before } = place;
  const last = before.at(-1);
  const upper = /^(after|before)$/.test(token.text) && last?.tag.kind === 'metric' && readLiteral(tokens, at + 1);
  const timed = upper && upper.tag.kind === 'quantity' && upper.tag.unit === 'ms';
  return timed ? oneWord(place, { kind: 'compare', op: token.text === 'after' ? '>' : '<' }) : null;
}

function included({ phrase, tokens, raw, rowWords, before }: Place): Linked | null {
  const opens = phrase?.tag.kind === 'inclusion' && !phrase.tag.after;
  return opens ? containedWord(tokens, phrase.end, raw, rowWords, before) : null;
}

/** "that mention …"; "including" names a part of the rows where no text follows it. */
function sought(place: Place): Linked | null {
  const { phrase, tokens, at, token, raw, rowWords, before } = place;
  if (phrase?.tag.kind !== 'contains') return null;
  const said = matchPhrase(tokens, phrase.end);
  if (said?.tag.kind === 'text') return { ...said, tag: { ...said.tag, negated: phrase.tag.negated ?? false } };
  const found = search(phrase.tag, tokens, phrase.end, raw, rowWords, before, at);
  const category = matchCategory(rowWords, tokens, phrase.end) !== null;
  const includes = token.text === 'including' && (category || found.tag === null);
  return includes ? oneWord(place, { kind: 'inclusion' }) : found;
}

const PUNCTUATION: Record<string, 'comma' | 'slash' | 'stop'> = {
  ',': 'comma',
  '/': 'slash',
  '.': 'stop',
  '?': 'stop',
  '!': 'stop',
  ';': 'stop',
  ':': 'comma',
  '\n': 'stop',
  '-': 'comma',
  '(': 'comma',
  ')': 'comma',
};

function punctuation(place: Place): Linked | null {
  const joint = PUNCTUATION[place.token.text];
  return joint ? oneWord(place, { kind: 'joint', joint }) : null;
}

function harmless(place: Place): Linked | null {
  const { token } = place;
  if (token.kind !== 'symbol' && !isHarmless(token.text)) return null;
  return oneWord(place, isLight(token.text) ? { kind: 'light' } : null);
}

/** Words that would be harmless elsewhere, and here name something that the data do not have. */
const namesNothingKnown = (place: Place) =>
  dividesByUnknown(place) || comparesModels(place) || namesUnknownCategory(place) || asksDegree(place);

/** "per depot" */
const dividesByUnknown = (place: Place) =>
  groupsHere(place) && place.token.kind === 'word' && !isNoise(place.token.text) && !GOES_ON.test(place.token.text);

/** "how sure was it": a degree of something that nobody measured. */
const asksDegree = ({ token, text }: Place) => text(-1) === 'how' && DEGREES.test(token.text);

const DEGREES =
  /^(sure|certain|confident|happy|glad|easy|simple|pretty|nice|great|fine|cool|lovely|real|ready|willing|eager|keen|interested|interesting|curious|concerned|grateful|possible|able|capable|likely|exact|precise|unique|serious|big)$/;

/** What may stand after "each" with no noun between. */
const GOES_ON =
  /^(please|pls|plz|thanks|were|was|is|are|did|do|does|have|has|had|in|of|to|for|on|at|it|that|they|came|come|comes|occurs|occurred|happens|happened|appears|appeared|turned|cropped|popped|arose|arises)$/;

/** "the fastest model": there is only one. */
function comparesModels({ token, at, before }: Place): boolean {
  const last = before.at(-1);
  const chosen =
    last?.to === at && (last.tag.kind === 'order' || (last.tag.kind === 'ask' && last.tag.ask === 'which'));
  return chosen && MODEL.test(token.text);
}

const MODEL =
  /^(model|bot|assistant|ai|llm|endpoint|api|chatbot|agent|machine|system|version|checkpoint|build|release)s?$/;

/** "and for the old model?": another than the one tested, whether or not a prompt has the word. */
function namesEarlierModel({ text }: Place): boolean {
  const earlier = /^(old|older|oldest|new|newer|newest|previous|prior|earlier|former|original|current|existing|live)$/;
  return earlier.test(text(0)) && MODEL.test(text(1));
}

/** "Thank you, Harold": who has written. */
function isSignature({ tokens, at }: Place): boolean {
  const ends = tokens.slice(at + 1).every(({ kind }) => kind === 'symbol');
  const words = tokens.slice(Math.max(0, at - 4), at);
  const comma = words.at(-1)?.kind === 'symbol';
  return ends && comma && /^(thanks|you|regards|cheers|sincerely|wishes|ta|advance)$/.test(words.at(-2)?.text ?? '');
}
