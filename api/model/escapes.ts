/** The escapes of a text by where they begin. One may begin within another. */
export interface Escapes {
  count: number;
  /** In characters; 0 where none begins. */
  lengths: Uint8Array;
  /** What they stand for. */
  codePoints: Uint32Array;
}

/** In characters, as with `&NegativeVeryThinSpace;`. */
export const LONGEST_ESCAPE = 23;

/** By number, as URLs, JSON, JavaScript and HTML write a character that may not stand itself. HTML may leave out the semicolon. */
const NUMBERED =
  /%([\da-f]{2})|%u([\da-f]{4})|\\u([\da-f]{4})|\\u\{([\da-f]{1,16})\}|\\x([\da-f]{2})|&#x([\da-f]{1,16});?|&#(\d{1,16});?/iy;
/** HTML's names; the oldest need no semicolon. */
const BY_NAME = /&(?:([a-z]{2,21});|(amp|gt|lt|quot|shy))/iy;

/** The names that HTML has for ASCII characters and for what is drawn as nothing; it writes some with a capital letter. */
const NAMED: Record<string, string> = {
  af: '\u2061',
  amp: '&',
  apos: "'",
  applyfunction: '\u2061',
  ast: '*',
  bsol: '\\',
  colon: ':',
  comma: ',',
  commat: '@',
  diacriticalgrave: '`',
  dollar: '$',
  equals: '=',
  excl: '!',
  grave: '`',
  gt: '>',
  hat: '^',
  ic: '\u2063',
  invisiblecomma: '\u2063',
  invisibletimes: '\u2062',
  it: '\u2062',
  lbrace: '{',
  lbrack: '[',
  lcub: '{',
  lowbar: '_',
  lpar: '(',
  lrm: '\u200e',
  lsqb: '[',
  lt: '<',
  midast: '*',
  negativemediumspace: '\u200b',
  negativethickspace: '\u200b',
  negativethinspace: '\u200b',
  negativeverythinspace: '\u200b',
  newline: '\n',
  nobreak: '\u2060',
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quest: '?',
  quot: '"',
  rbrace: '}',
  rbrack: ']',
  rcub: '}',
  rlm: '\u200f',
  rpar: ')',
  rsqb: ']',
  semi: ';',
  shy: '\u00ad',
  sol: '/',
  tab: '\t',
  underbar: '_',
  verbar: '|',
  vert: '|',
  verticalline: '|',
  zerowidthspace: '\u200b',
  zwj: '\u200d',
  zwnj: '\u200c',
};

const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const AMPERSAND = 0x26;

const code = (character: string) => character.charCodeAt(0);
/** By character code: JSON's line ends and the like, Markdown's punctuation, and a line that goes on in the next. */
const BEHIND_BACKSLASH: ReadonlyMap<number, number> = new Map([
  ...Array.from('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~\n\r', (each) => [code(each), code(each)] as const),
  ...Object.entries({ 0: '\0', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }).map(
    ([each, meaning]) => [code(each), code(meaning)] as const,
  ),
]);

export function findEscapes(text: string): Escapes {
  const escapes = { count: 0, lengths: new Uint8Array(text.length), codePoints: new Uint32Array(text.length) };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign !== BACKSLASH && sign !== PERCENT && sign !== AMPERSAND) continue;
    const found = (sign === BACKSLASH && behindBackslash(text, at)) || numbered(text, at) || named(text, at);
    if (found === null) continue;
    escapes.count += 1;
    escapes.lengths[at] = found.length;
    escapes.codePoints[at] = found.codePoint;
  }
  return escapes;
}

interface Escape {
  length: number;
  codePoint: number;
}

function behindBackslash(text: string, at: number): Escape | null {
  const codePoint = BEHIND_BACKSLASH.get(text.charCodeAt(at + 1));
  return codePoint === undefined ? null : { length: 2, codePoint };
}

function numbered(text: string, at: number): Escape | null {
  NUMBERED.lastIndex = at;
  const match = NUMBERED.exec(text);
  if (match === null) return null;
  const [whole, percent, percentUnicode, unicode, braced, byte, hex, decimal] = match;
  const inHex = percent ?? percentUnicode ?? unicode ?? braced ?? byte ?? hex;
  const codePoint = inHex === undefined ? Number(decimal) : Number.parseInt(inHex, 16);
  return codePoint <= 0x10ffff ? { length: whole.length, codePoint } : null;
}

function named(text: string, at: number): Escape | null {
  BY_NAME.lastIndex = at;
  const match = BY_NAME.exec(text);
  const character = match && NAMED[(match[1] ?? match[2])!.toLowerCase()];
  return character ? { length: match[0].length, codePoint: character.charCodeAt(0) } : null;
}

/** A text with its escapes read, and for each of its characters where that began in the original. */
export interface Unescaped {
  text: string;
  /** One more than there are characters: the last is the original's end. */
  starts: Uint32Array;
}

/** Reads each escape once: what was escaped twice is still escaped once. */
export function readEscapes(text: string, { lengths, codePoints }: Escapes): Unescaped {
  const starts = new Uint32Array(text.length + 1);
  let result = '';
  let taken = 0;
  for (let at = 0; at < text.length; ) {
    if (lengths[at] === 0) {
      starts[result.length + at - taken] = at;
      at += 1;
      continue;
    }
    result += text.slice(taken, at);
    const character = String.fromCodePoint(codePoints[at]!);
    starts.fill(at, result.length, result.length + character.length);
    result += character;
    at += lengths[at]!;
    taken = at;
  }
  result += text.slice(taken);
  starts[result.length] = text.length;
  return { text: result, starts: starts.subarray(0, result.length + 1) };
}
