import spoken from './data/spoken.json' with { type: 'json' };
import type { Token } from './tokens.js';

const HOMOPHONES = new Map(Object.entries(spoken.homophones));
const LONGEST_SPELLING = 6;

/** Dictation writes what it hears: "p d f" for pdf, "dev ops" for a category devops, "sequel" for one named sql. */
export function heard(
  tokens: readonly Token[],
  raw: string,
  knows: (word: string) => boolean,
  names: ReadonlySet<string>,
): Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    const length = spelledOut(tokens, at, raw, knows) || splitName(tokens, at, names);
    if (length > 1) {
      const parts = tokens.slice(at, at + length);
      const text = parts.map((part) => written(part, raw)).join('');
      out.push({ ...token, text, end: parts.at(-1)?.end ?? token.end });
      at += length - 1;
      continue;
    }
    const meant = HOMOPHONES.get(token.text)?.find((word) => names.has(word));
    out.push(
      token.kind === 'word' && meant !== undefined && !names.has(token.text) ? { ...token, text: meant } : token,
    );
  }
  return out;
}

/** The word itself: a lone "r" has been read as "are". */
const written = (token: Token, raw: string) => raw.slice(token.start, token.end);

/** How many letters spell a known word out here. */
function spelledOut(tokens: readonly Token[], at: number, raw: string, knows: (word: string) => boolean): number {
  const isLetter = (token: Token | undefined) => token?.kind === 'word' && /^\p{L}$/u.test(written(token, raw));
  let end = at;
  while (end - at < LONGEST_SPELLING && isLetter(tokens[end])) end += 1;
  for (let stop = end; stop - at > 1; stop -= 1) {
    const word = tokens
      .slice(at, stop)
      .map((token) => written(token, raw))
      .join('');
    if (knows(word)) return stop - at;
  }
  return 0;
}

/** Two words that are written as one in the name of a category. */
function splitName(tokens: readonly Token[], at: number, names: ReadonlySet<string>): number {
  const [first, second] = [tokens[at], tokens[at + 1]];
  if (first?.kind !== 'word' || second?.kind !== 'word' || names.has(first.text)) return 0;
  return names.has(`${first.text}${second.text}`) ? 2 : 0;
}
