/** Scripts that put no spaces between words: there a word is what Unicode's segmentation says. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Pieces between white space, and within scripts that write without spaces, their words. */
export function splitWords(text: string): string[] {
  const pieces = text.split(/\s+/u).filter((piece) => piece !== '');
  if (!UNSPACED.test(text)) return pieces;
  return pieces.flatMap((piece) => (UNSPACED.test(piece) ? segmentWords(piece) : [piece]));
}

export function countWords(text: string): number {
  return splitWords(text).length;
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
