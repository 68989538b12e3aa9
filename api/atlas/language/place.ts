import type { Item } from '../tags.js';
import { readLiteral } from './literals/literals.js';
import { readNeighbour } from './neighbours.js';
import { phraseHere } from './phrase-here.js';
import { matchCategory, matchPromptWords, type RowWords } from './rows.js';
import type { Token } from './tokens.js';

/** Where in a question the reader stands, and the meanings that could begin there. */
export interface Place {
  tokens: readonly Token[];
  at: number;
  token: Token;
  /** The question as normalised: what tokens' positions are in. */
  raw: string;
  rowWords: RowWords;
  /** What was read up to here. */
  before: readonly Item[];
  phrase: ReturnType<typeof phraseHere>;
  literal: ReturnType<typeof readLiteral>;
  category: ReturnType<typeof matchCategory>;
  /** Words of the visitor's own prompts. */
  own: ReturnType<typeof matchPromptWords>;
  /** How far the vocabulary goes, whichever the meaning. */
  reach: number;
  /** The text of the token that many steps away, or nothing. */
  text(step: number): string;
}

export function placeAt(
  tokens: readonly Token[],
  at: number,
  raw: string,
  rowWords: RowWords,
  before: readonly Item[],
): Place | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const phrase = phraseHere(tokens, at, before, rowWords);
  const literal = readNeighbour(tokens, at) ?? readLiteral(tokens, at);
  return {
    tokens,
    at,
    token,
    raw,
    rowWords,
    before,
    phrase,
    literal,
    category: matchCategory(rowWords, tokens, at),
    own: matchPromptWords(rowWords, tokens, at),
    reach: Math.max(phrase?.end ?? 0, literal?.end ?? 0),
    text: (step) => tokens[at + step]?.text ?? '',
  };
}
