/** Scripts that put no spaces between words: there a word is what Unicode's segmentation says. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Segmentation takes a hundred times as long as splitting by spaces. */
const MOST_SEGMENTED = 50_000;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Pieces between white space, and within scripts that write without spaces, their words. */
export function splitWords(text: string): string[] {
  const pieces = text.split(/\s+/u).filter((piece) => piece !== '');
  if (!UNSPACED.test(text)) return pieces;
  return pieces.flatMap((piece) => (UNSPACED.test(piece) ? segmentWords(piece) : [piece]));
}

/** Exact, but for what stands beyond 50,000 characters of scripts without spaces: there it goes on as it began. */
export function countWords(text: string): number {
  let count = 0;
  let segmented = { characters: 0, words: 0 };
  let beyond = 0;
  for (const piece of text.split(/\s+/u)) {
    if (piece === '') continue;
    if (!UNSPACED.test(piece)) count += 1;
    else if (segmented.characters >= MOST_SEGMENTED) beyond += piece.length;
    else {
      const part = piece.slice(0, MOST_SEGMENTED - segmented.characters);
      beyond += piece.length - part.length;
      const { characters, words } = segmented;
      segmented = { characters: characters + part.length, words: words + segmentWords(part).length };
    }
  }
  if (beyond === 0) return count + segmented.words;
  return count + segmented.words + Math.round((beyond * segmented.words) / segmented.characters);
}

/** Unicode characters (code points), so that an emoji outside the basic plane is one and not two. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Unicode's segmentation takes quadratic time (200,000 ideographs: 106 s), so it gets a text in short pieces. */
const SEGMENTED_CHARACTERS = 400;

function segmentWords(piece: string): string[] {
  const words: string[] = [];
  for (let start = 0; start < piece.length; start += SEGMENTED_CHARACTERS) {
    const segments = segmenter.segment(piece.slice(start, start + SEGMENTED_CHARACTERS));
    for (const { segment, isWordLike } of segments) if (isWordLike) words.push(segment);
  }
  return words;
}
