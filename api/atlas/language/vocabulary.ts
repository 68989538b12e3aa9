import type { Tag } from '../tags.js';
import aggregates from './data/aggregates.json' with { type: 'json' };
import asides from './data/asides.json' with { type: 'json' };
import asks from './data/asks.json' with { type: 'json' };
import comparatives from './data/comparatives.json' with { type: 'json' };
import courtesies from './data/courtesies.json' with { type: 'json' };
import english from './data/english.json' with { type: 'json' };
import filters from './data/filters.json' with { type: 'json' };
import harmless from './data/harmless.json' with { type: 'json' };
import interjections from './data/interjections.json' with { type: 'json' };
import metrics from './data/metrics.json' with { type: 'json' };
import orders from './data/orders.json' with { type: 'json' };
import outOfScope from './data/out-of-scope.json' with { type: 'json' };
import outputs from './data/outputs.json' with { type: 'json' };
import macroSource from './data/words.json' with { type: 'json' };
import { createDictionary } from './dictionary.js';
import { createPhraseReader, type Phrase } from './phrases.js';
import type { Token } from './tokens.js';

interface Entry {
  tag: Tag;
  phrase: Phrase;
}
interface Meaning {
  means: unknown;
  say: string[];
}

export interface Match {
  tag: Tag;
  end: number;
}

const readPhrase = createPhraseReader(macroSource);

/** Earlier files win where two phrases of one length match. */
const MEANINGS: Meaning[] = [
  ...filters,
  ...metrics,
  ...aggregates,
  ...orders,
  ...comparatives,
  ...outputs,
  ...asks,
  { means: { kind: 'courtesy' }, say: courtesies },
  ...outOfScope.map(({ topic, say }) => ({ means: { kind: 'refused', topic }, say })),
];

const entries: Entry[] = MEANINGS.flatMap(({ means, say }) =>
  say.map((source) => ({ tag: means as Tag, phrase: readPhrase(source) })),
);
const openers: Entry[] = asides.openers.map((source: string) => ({
  tag: { kind: 'aside' },
  phrase: readPhrase(source),
}));

const noise = new Set(harmless.noise.split(' '));
const harmlessWords = new Set(harmless.words.split(' '));
const lightWords = new Set(harmless.light.split(' '));
const jargon = new Set([...harmless.jargon.split(' '), ...interjections.flatMap((said) => said.split(' '))]);
export const isInDictionary = createDictionary(english.words);

const byFirstWord = index(entries);
const openersByFirstWord = index(openers);

/** Every word that some phrase knows: what a misspelling may be mended to. */
export const lexiconWords: ReadonlySet<string> = new Set(
  [...wordsOf(entries)].filter((word) => /^\p{L}+$/u.test(word)),
);
const served = new Set(macroSource.served.join('|').split('|'));
/** "customer", "passengers": whoever is served asks the prompts. */
export const isServed = (word: string) => served.has(word);
/** Words that help to ask; those that only turn a question away may well be a prompt's own. */
export const askingWords: ReadonlySet<string> = new Set(
  [...wordsOf(entries.filter(({ tag }) => tag.kind !== 'refused'))].filter((word) => !isServed(word)),
);
export const isNoise = (word: string) => noise.has(word);
export const isHarmless = (word: string) => noise.has(word) || harmlessWords.has(word);
/** Harmless beside a meaning, but not nothing: "that came back" alone says something that is not read here. */
export const isLight = (word: string) => lightWords.has(word);
export const isEnglish = (word: string) => isInDictionary(word) || jargon.has(word) || isHarmless(word);
export const mendable: readonly string[] = [...new Set([...lexiconWords, ...noise, ...harmlessWords])].filter(
  (word) => word.length > 2,
);

function wordsOf(list: Entry[]): Set<string> {
  const words = new Set<string>();
  for (const slot of new Set(list.flatMap(({ phrase }) => phrase))) {
    for (const alternative of slot.alternatives) for (const word of alternative) words.add(word);
  }
  return words;
}

function index(list: Entry[]): Map<string, Entry[]> {
  const map = new Map<string, Entry[]>();
  for (const entry of list) {
    for (const word of firstWords(entry.phrase)) {
      const known = map.get(word);
      if (known === undefined) map.set(word, [entry]);
      else if (known.at(-1) !== entry) known.push(entry);
    }
  }
  return map;
}

/** Some may come twice. */
function firstWords(phrase: Phrase): string[] {
  const words: string[] = [];
  for (const slot of phrase) {
    for (const alternative of slot.alternatives) words.push(alternative[0] ?? '');
    if (!slot.optional) break;
  }
  return words;
}

/** The longest phrase of the vocabulary that starts at this token. */
export function matchPhrase(
  tokens: readonly Token[],
  at: number,
  admits: (tag: Tag) => boolean = () => true,
): Match | null {
  return longest(byFirstWord, tokens, at, admits);
}

/** "flight" helps to say others, and means nothing by itself. */
export const meansAlone = (word: string) =>
  matchPhrase([{ text: word, kind: 'word', glued: false, start: 0, end: word.length }], 0) !== null;

/** The opening of a remark beside the question: "my boss …", "so that I can …". */
export function matchOpener(tokens: readonly Token[], at: number): Match | null {
  return longest(openersByFirstWord, tokens, at, () => true);
}

function longest(
  map: Map<string, Entry[]>,
  tokens: readonly Token[],
  at: number,
  admits: (tag: Tag) => boolean,
): Match | null {
  let best: Match | null = null;
  for (const { tag, phrase } of map.get(tokens[at]?.text ?? '') ?? []) {
    if (!admits(tag)) continue;
    const end = matchSlots(phrase, 0, tokens, at, at);
    if (end > at && (best === null || end > best.end)) best = { tag, end };
  }
  return best;
}

/** Furthest token that the slots reach, or -1. Noise may stand between words, never before the first. */
function matchSlots(phrase: Phrase, slot: number, tokens: readonly Token[], at: number, start: number): number {
  const current = phrase[slot];
  if (current === undefined) return at;
  let best = current.optional ? matchSlots(phrase, slot + 1, tokens, at, start) : -1;
  for (const words of current.alternatives) {
    const after = matchWords(words, tokens, at, start);
    if (after > at) best = Math.max(best, matchSlots(phrase, slot + 1, tokens, after, start));
  }
  return best;
}

function matchWords(words: readonly string[], tokens: readonly Token[], at: number, start: number): number {
  let position = at;
  for (const word of words) {
    while (position > start && tokens[position]?.text !== word && isNoise(tokens[position]?.text ?? '')) position += 1;
    if (tokens[position]?.text !== word || tokens[position]?.kind === 'quote') return -1;
    position += 1;
  }
  return position;
}
