import type { Tag } from '../tags.js';
import type { Place } from './place.js';
import { isInRemark } from './remarks.js';
import { type Linked, promptText, saidByResponses, saidInResponses } from './search.js';
import { isServed } from './vocabulary.js';
import { isThing } from './world.js';

/** Words of a prompt that are said to stand in the answers: a search. */
export function ownWordsInAnswers({ own, tokens, at, token, raw, before }: Place): Linked | null {
  if (!own || !(saidInResponses(tokens, own.end) || saidByResponses(tokens, at, before))) return null;
  const texts = [raw.slice(token.start, tokens[own.end - 1]?.end)];
  return { tag: { kind: 'text', texts, field: 'response', negated: false }, end: own.end };
}

/** The prompts that their own words name, where the vocabulary knows no longer meaning. */
export function ownWords(place: Place): Linked | null {
  const { own, category, reach } = place;
  const longest = own !== null && own.end > Math.max(reach, category?.end ?? 0);
  return longest && !groupsHere(place) ? ownWordsLeft(place) : null;
}

/** The same, where no other meaning was found. */
export const ownWordsLeft = (place: Place): Linked | null =>
  place.own && !isInRemark(place.before) && !isOfTheWorld(place) && mayName(place)
    ? { tag: promptText(place.own), end: place.own.end }
    : null;

/** "the pricing one": a word that is turned away elsewhere names a prompt before a noun for one. */
export function ownWordsOfNoun({ own, phrase, tokens }: Place): Linked | null {
  const turnedAway = phrase?.tag.kind === 'refused' || phrase?.tag.kind === 'export';
  if (!own || !turnedAway || own.end < phrase.end) return null;
  const noun = /^(one|prompt|question|response|answer|reply)$/.test(tokens[own.end]?.text ?? '');
  return noun ? { tag: promptText(own), end: own.end } : null;
}

/** "per region", "each driver": what comes next is what is grouped by. */
export const groupsHere = ({ before, at, text }: Place) =>
  before.at(-1)?.tag.kind === 'by' && before.at(-1)?.to === at && /^(per|each|every|by|across)$/.test(text(-1));

/**
 * "the fridge took longest", "how was Lisbon": a single word of a prompt names it with an article, or bare where a subject
 * stands. "makes drivers wait", "a mortgage" speak of the world, and "the passenger" is whoever asks, unless a noun for a
 * prompt follows.
 */
function mayName({ own, at, text }: Place): boolean {
  if (own === null || own.end > at + 1 || NOUN.test(text(1))) return true;
  if (isServed(text(0))) return false;
  const plural = /[^s]s$/.test(text(0));
  return DEFINITE.test(text(-1)) || (!plural && SUBJECT.test(text(-1))) || SOUGHT.test(text(-1));
}

const NOUN = /^(ones?|prompts?|questions?|quer(y|ies)|requests?|responses?|answers?|repl(y|ies)|tasks?)$/;
const DEFINITE = /^(the|that|this|my|our|your)$/;
const SUBJECT =
  /^(|,|\?|\.|:|-|\/|and|or|vs|versus|than|about|on|regarding|for|of|between|did|does|was|is|has|had|so|then|what|only|just|except|without|show|open)$/;
const SOUGHT = /^(with|in|where|written|containing)$/;

/** "in Switzerland", "how many parcels": places and things of the world, though a prompt may have the word. */
function isOfTheWorld({ text, before, at, tokens }: Place): boolean {
  const [ask, thing] = before.slice(-2);
  const beside = tokens.slice(thing?.to, at).every((token) => /^(is|are|was|were|have|has|had|been)$/.test(token.text));
  const ofThings = thing && beside && isThing(thing) && ask?.tag.kind === 'ask' && ask.tag.ask === 'count';
  const counted = (/^(many|much)$/.test(text(-1)) || ofThings) && !NOUN.test(text(1));
  const addressed = text(-1) === 'to' && !NOUN.test(text(1)) && !NOUN.test(text(-2));
  const namesTopic = /^(category|topic|section)$/.test(text(1));
  const placed = /^(in|at|near|inside|throughout)$/.test(text(-1)) && !/^(ones?|prompts?|questions?)$/.test(text(-2));
  return counted || addressed || namesTopic || placed;
}

/** "the answer for “Cancel my subscription”": a quotation of a prompt names it, unless the words are sought in the answers. */
export function quotation({ token, at, text, rowWords }: Place): Linked | null {
  if (token.kind !== 'quote') return null;
  const names = /^(for|to|on|about|asked|prompt|question|request|query|one|did|was|does|the)$/.test(text(-1));
  const field = names && rowWords.quotesPrompt(token.text) ? 'prompt' : 'either';
  const tag: Tag = { kind: 'text', texts: [token.text], field, negated: false };
  return { tag, end: at + 1 };
}
