/** One character as URLs, JSON, JavaScript, Markdown and HTML write it where it may not stand itself. */
const ESCAPE =
  /%([\da-f]{2})|\\u([\da-f]{4})|\\u\{([\da-f]{1,6})\}|\\x([\da-f]{2})|&#x([\da-f]{1,8});|&#(\d{1,8});|\\([!-/:-@[-`{-~])|&([a-z]{2,9});/i;
/** What an escape begins with. */
export const ESCAPE_SIGNS: ReadonlySet<string> = new Set('%\\&');
/** In characters, as with `&#x0000002f;`. */
export const LONGEST_ESCAPE = 12;
const ESCAPE_HERE = new RegExp(ESCAPE, 'iy');
const EACH_ESCAPE = new RegExp(ESCAPE, 'gi');

/** The names that HTML has for printable ASCII characters; it writes some with a capital letter. */
const NAMED: Record<string, string> = {
  amp: '&',
  apos: "'",
  ast: '*',
  bsol: '\\',
  colon: ':',
  comma: ',',
  commat: '@',
  dollar: '$',
  equals: '=',
  excl: '!',
  grave: '`',
  gt: '>',
  hat: '^',
  lbrace: '{',
  lbrack: '[',
  lcub: '{',
  lowbar: '_',
  lpar: '(',
  lsqb: '[',
  lt: '<',
  midast: '*',
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quest: '?',
  quot: '"',
  rbrace: '}',
  rbrack: ']',
  rcub: '}',
  rpar: ')',
  rsqb: ']',
  semi: ';',
  shy: '\u00ad',
  sol: '/',
  verbar: '|',
  vert: '|',
};

/** A character of a text, or what it stands for, and where the next one begins. */
export interface Reading {
  character: string;
  end: number;
}

/** What an escape at this place stands for; null where there is none. */
export function readEscape(text: string, at: number): Reading | null {
  ESCAPE_HERE.lastIndex = at;
  const match = ESCAPE_HERE.exec(text);
  const character = match && meaningOf(match);
  return character ? { character, end: ESCAPE_HERE.lastIndex } : null;
}

/** A text with its escapes read, and for each of its characters where that began in the original. */
export interface Unescaped {
  text: string;
  /** One more than there are characters: the last is the original's end. */
  starts: Uint32Array;
}

/** Reads each escape once: what was escaped twice is still escaped once. Null where there is none. */
export function readEscapes(text: string): Unescaped | null {
  let result = '';
  let at = 0;
  const starts = new Uint32Array(text.length + 1);
  const take = (piece: string, from: number, step: number) => {
    for (let i = 0; i < piece.length; i += 1) starts[result.length + i] = from + i * step;
    result += piece;
  };
  for (const match of text.matchAll(EACH_ESCAPE)) {
    const character = meaningOf(match);
    if (!character) continue;
    take(text.slice(at, match.index), at, 1);
    take(character, match.index, 0);
    at = match.index + match[0].length;
  }
  if (at === 0) return null;
  take(text.slice(at), at, 1);
  starts[result.length] = text.length;
  return { text: result, starts: starts.subarray(0, result.length + 1) };
}

function meaningOf(match: RegExpExecArray): string | null {
  const [, percent, unicode, braced, byte, hex, decimal, punctuation, name] = match;
  if (punctuation !== undefined) return punctuation;
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? null;
  const inHex = percent ?? unicode ?? braced ?? byte ?? hex;
  const code = inHex === undefined ? Number(decimal) : Number.parseInt(inHex, 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}
