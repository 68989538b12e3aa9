import contractions from './data/contractions.json' with { type: 'json' };

export interface Token {
  /** Lower case, contraction expanded; a single symbol for punctuation; the inside of a quotation. */
  text: string;
  kind: 'word' | 'number' | 'symbol' | 'quote';
  /** Written without a space to the token before it: the "s" of "1.2s". */
  glued: boolean;
  /** Where it stands in the normalised question. */
  start: number;
  end: number;
}

/** The word at a place; empty beyond both ends. */
export const text = (tokens: readonly Token[], at: number) => tokens[at]?.text ?? '';

const CONTRACTIONS = new Map(Object.entries(contractions));
const TOKEN =
  /"([^"]+)"|(?<![\p{L}\d])'([^']+)'(?!\p{L})|`([^`]+)`|(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)|(tok|toks|tokens?|tk|t)\s?\/\s?(?:s|secs?|seconds?)(?!\p{L})|(w\/o|w\/|b\/w|o\/p|i\/p|i\/o|and\/or)|(e-mail(?:s|ed|ing)?(?!\p{L})|\p{L}[\p{L}\p{M}\d]*(?:'\p{L}+)?|'em|'cause)|(<=|>=|==|[<>=%#&+?!.,;:/()~\n-])/gu;

/** One spelling for what people type: case, width, quotes, dashes, spaces. Keeps the length of words. */
export function normalise(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‘’ʼ´]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[–—―]/g, ' - ')
    .replace(/…/g, '. ')
    .replace(/\b(df|results?|data|rows)\.(?=\p{L})/gu, '$1 ')
    .replace(/(?<=\p{L})\.(?=\p{L}+\()/gu, ' ')
    .replace(/\[\s*(\d+(?:\.\d+)?)\s*[,;]\s*(\d+(?:\.\d+)?)\s*\]/g, ' between $1 and $2 ')
    .replace(/\b(i\.e|e\.g|approx|vs|avg|incl|excl)\./g, (word) => ` ${word.replace(/\./g, '')} `)
    .replace(/\b(top|bottom|first|last|slowest|fastest)(\d+)\b/g, '$1 $2')
    .replace(/[([] ?(s|ms|secs?) ?[)\]]/g, ' in $1 ')
    .replace(/[-=]+>|→|⇒/g, ' , ')
    .replace(/≥/g, '>=')
    .replace(/≤/g, '<=')
    .replace(/(?<=\d)'s\b/g, '')
    .replace(/\b((?:do|does|did|is|are|was|were|has|have|had|ca|wo|would|could|should)n)(?: ?' ?| )t\b/g, "$1't")
    .replace(
      /\b(i|you|he|she|it|we|they|what|who|that|there|here|where|how|let)(?: ?' ?| )(s|d|m|re|ve|ll)\b/g,
      "$1'$2",
    )
    .replace(/\bper cent(?=s|age|ages)?\b/g, 'percent')
    .replace(/"([^"]*\d ?(?:%|percent)[^"]*)"/g, ' $1 ')
    .replace(/_/g, ' ')
    .replace(/[^\S\n]+/g, ' ');
}

/** Splits a normalised question into words, numbers, quotations and punctuation. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const start = match.index;
    const end = start + match[0].length;
    const glued = tokens.length > 0 && tokens.at(-1)?.end === start;
    const add = (word: string, kind: Token['kind']) => tokens.push({ text: word, kind, glued, start, end });
    const quote = match[1] ?? match[2] ?? match[3];
    if (quote !== undefined) add(quote.trim(), 'quote');
    else if (match[4] !== undefined) add(match[4], 'number');
    else if (match[5] !== undefined) add('tps', 'word');
    else if (match[8] !== undefined) add(match[0], 'symbol');
    else if (glued && tokens.at(-1)?.kind === 'number') add(match[0], 'word');
    else for (const word of expand(match[0])) add(word, 'word');
  }
  return tokens.filter((_, at) => !joinsWords(tokens, at));
}

/** The hyphen of "follow-up" says nothing; the one of "5-10" does. */
function joinsWords(tokens: Token[], at: number): boolean {
  const next = tokens[at + 1];
  const previous = tokens[at - 1];
  if (tokens[at]?.text !== '-' || !tokens[at].glued || !next?.glued || !previous) return false;
  return !(previous.kind === 'number' && next.kind === 'number');
}

function expand(word: string): string[] {
  const expansion = CONTRACTIONS.get(word) ?? CONTRACTIONS.get(word.replace(/'/g, ''));
  if (expansion !== undefined) return expansion.split(' ');
  return [
    word
      .replace(/'s$/, '')
      .replace(/'/g, '')
      .replace(/^e-mail/, 'email'),
  ];
}
