import type { Row } from '../../contract/row.js';
import type { Item, Reading, Tag } from '../tags.js';
import { costsInTokens, flagsCompleted } from './flags.js';
import { meaningAt } from './meanings.js';
import { namesIn } from './names.js';
import { placeAt } from './place.js';
import { wordsOfRows } from './rows.js';
import { mendSpelling } from './spelling.js';
import { heard } from './spoken.js';
import { normalise, type Token, tokenise } from './tokens.js';
import { plainVerbs } from './verbs.js';
import { lexiconWords, matchPhrase } from './vocabulary.js';

/** Reads a question word for word: the longest meaning at each place, and every word that has none. */
export function readQuestion(question: string, rows: readonly Row[]): Reading {
  const raw = normalise(question);
  const rowWords = wordsOfRows(rows);
  const written = heard(
    tokenise(raw),
    raw,
    (word) => lexiconWords.has(word) || rowWords.categoryWords.has(word),
    rowWords.categoryWords,
  );
  const { tokens: spelled, corrections } = mendSpelling(
    written,
    rowWords.known,
    rowWords.categoryWords,
    namesIn(question),
  );
  const tokens = plainVerbs(spelled);
  const items: Item[] = [];
  let at = 0;
  while (at < tokens.length) {
    const place = placeAt(tokens, at, raw, rowWords, items);
    if (place === null) break;
    const { tag, end } = meaningAt(place);
    if (tag !== null && tag.kind !== 'courtesy')
      items.push({
        tag: inPlace(tag, tokens, end),
        words: wordsOf(raw, tokens.slice(at, end), tag.kind === 'unknown' ? [] : corrections),
        from: at,
        to: end,
        ...(isPartOf(tokens, at) ? { partOf: true } : {}),
        ...(/^(other|remaining|further)$/.test(tokens[at - 1]?.text ?? '') ? { other: true } : {}),
      });
    const those = tag?.kind === 'metric' || tag?.kind === 'ask' ? spokenOf(tokens.slice(at, end)) : undefined;
    if (those)
      items.push({ tag: { kind: 'reference', number: 'many', weak: true }, words: those.text, from: end, to: end });
    at = Math.max(end, at + 1);
  }
  return { items: costsInTokens(flagsCompleted(items)), corrections, words: tokens.map(({ text }) => text) };
}

/** What was said there, with its slips mended: whoever looks at the words finds the one that is meant. */
function wordsOf(raw: string, tokens: readonly Token[], corrections: Reading['corrections']): string {
  const from = tokens[0]?.start ?? 0;
  return tokens.reduceRight(
    (said, { start, end }) => {
      const [before, word, after] = [
        said.slice(0, start - from),
        said.slice(start - from, end - from),
        said.slice(end - from),
      ];
      const mended = corrections.find((correction) => correction.from === word.toLowerCase());
      return mended === undefined ? said : before + mended.to + after;
    },
    raw.slice(from, tokens.at(-1)?.end),
  );
}

/** The "they" of "how long did they take": whose time is asked for. */
const spokenOf = (tokens: readonly Token[]) => tokens.find(({ text }) => /^(they|them|those|these)$/.test(text));

/** "of the successful ones" */
function isPartOf(tokens: readonly Token[], at: number): boolean {
  let before = at - 1;
  while (/^(the|all|our|my|those|these)$/.test(tokens[before]?.text ?? '')) before -= 1;
  return /^(of|among|amongst)$/.test(tokens[before]?.text ?? '');
}

/** "slowest of the hr ones", "fewest words among the hr ones", "which of the prompts was slowest": one of them, whatever the plural. */
function inPlace(tag: Tag, tokens: readonly Token[], end: number): Tag {
  const oneOf = tag.kind === 'ask' && tag.ask === 'which' && tokens[end]?.text === 'of';
  if (oneOf)
    return { ...tag, one: !tokens.slice(end).some(({ text }) => /^(are|were|have|them|those|these)$/.test(text)) };
  const metric = matchPhrase(tokens, end);
  const after = metric?.tag.kind === 'metric' ? metric.end : end;
  const among = tag.kind === 'order' && !tag.all && /^(of|among|amongst)$/.test(tokens[after]?.text ?? '');
  return among ? { ...tag, one: true } : tag;
}
