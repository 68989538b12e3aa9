import { ESCAPE_SIGNS, LONGEST_ESCAPE, readEscape, readEscapes } from './escapes.js';

/** A part of a text: from `start` up to, not including, `end`. */
export interface Span {
  start: number;
  end: number;
}

/** A tree of characters: whoever follows it from the root to a leaf has read one of the pieces it was made of. */
type Node = Map<string, Node>;

/** JSON in JSON in a URL: deeper nesting of escapes is not looked into. */
const DEEPEST_ESCAPES = 3;
const DRAWN_AS_NOTHING = /^[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]$/u;

/**
 * Where a text shows a secret. It is found in either case, as it is and in base64, each of its characters escaped or
 * not, however often and in whichever way, and taken apart by what nobody sees. Time is linear in the text's length.
 *
 * @param pieceLength the shortest part of the secret that counts, in characters
 * @returns the parts of the text in their order, without overlaps
 */
export function createKeySearch(secret: string, pieceLength: number): (text: string) => Span[] {
  const root = treeOf(formsOf(secret), pieceLength);
  return (text) => {
    const spans = matches(text, root);
    let starts: Uint32Array | null = null;
    let unescaped = readEscapes(text);
    for (let depth = 1; unescaped !== null && depth < DEEPEST_ESCAPES; depth += 1) {
      starts = starts === null ? unescaped.starts : unescaped.starts.map((start) => starts![start]!);
      for (const { start, end } of matches(unescaped.text, root)) {
        spans.push({ start: starts[start]!, end: starts[end]! });
      }
      unescaped = readEscapes(unescaped.text);
    }
    return joined(spans);
  };
}

/** The secret as it is, and as base64 shows it at each of the three places that it can have in other text. */
function formsOf(secret: string): string[] {
  const inBase64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from('\0'.repeat(offset) + secret).toString('base64');
    // The first and last characters also depend on what stands before and behind the secret.
    return encoded.replace(/=+$/, '').slice(offset === 0 ? 0 : offset + 1, -1);
  });
  const inBase64Url = inBase64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  return [secret, ...inBase64, ...inBase64Url];
}

function treeOf(forms: readonly string[], pieceLength: number): Node {
  const root: Node = new Map();
  for (const form of forms.map((each) => each.toLowerCase())) {
    for (let start = 0; start + pieceLength <= form.length; start += 1) {
      let node = root;
      for (const character of form.slice(start, start + pieceLength)) {
        if (!node.has(character)) node.set(character, new Map());
        node = node.get(character)!;
      }
    }
  }
  return root;
}

/** How far into the tree some of the text leads, and where that began. */
interface Lead {
  node: Node;
  start: number;
}

/**
 * Walks the text once, with all leads that the text so far has given. Each character may be read as itself and as the
 * escape that it begins, since secrets may look like escapes.
 */
function matches(text: string, root: Node): Span[] {
  const spans: Span[] = [];
  /** By the place where they go on, which is never further away than an escape is long. */
  const leads: Lead[][] = Array.from({ length: LONGEST_ESCAPE + 1 }, () => []);

  const follow = (node: Node | undefined, start: number, end: number) => {
    if (node === undefined) return;
    if (node.size === 0) {
      cover(spans, start, end);
      return;
    }
    const there = leads[end % leads.length]!;
    const same = there.find((lead) => lead.node === node);
    if (same === undefined) there.push({ node, start });
    else same.start = Math.min(same.start, start);
  };
  const read = (character: string, at: number, end: number) => {
    follow(root.get(character), at, end);
    const here = leads[at % leads.length]!;
    for (const { node, start } of here) follow(node.get(character), start, end);
    if (here.length > 0 && isBetween(character)) for (const { node, start } of here) follow(node, start, end);
  };

  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < FOLDED.length) {
      const character = FOLDED[code]!;
      read(character, at, at + 1);
      const escaped = ESCAPE_SIGNS.has(character) ? readEscape(text, at) : null;
      if (escaped !== null) read(folded(escaped.character), at, escaped.end);
    } else {
      const character = String.fromCodePoint(text.codePointAt(at)!);
      read(folded(character), at, at + character.length);
    }
    leads[at % leads.length]!.length = 0;
  }
  return spans;
}

/** What is drawn as nothing, and the ends of lines: a key that they take apart can still be read. */
function isBetween(character: string): boolean {
  return (character < ' ' || character > '~') && DRAWN_AS_NOTHING.test(character);
}

/** Adds a part that ends no earlier than those before it. */
function cover(spans: Span[], start: number, end: number): void {
  let from = start;
  while (spans.length > 0 && spans.at(-1)!.end >= from) from = Math.min(from, spans.pop()!.start);
  spans.push({ start: from, end });
}

/** As letters in full width and the like are read. */
function folded(character: string): string {
  return character.normalize('NFKC').toLowerCase();
}

/** By character code: what stands in most texts need not be folded each time. */
const FOLDED = Array.from({ length: 0x80 }, (_, code) => folded(String.fromCharCode(code)));

/** In order, and as few as cover the same. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.end - b.end)) cover(result, start, end);
  return result;
}
