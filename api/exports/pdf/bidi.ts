import bidiFactory from 'bidi-js';

// Its types describe an ES module, but Node is given the CommonJS build, whose export is the function itself.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Whether any of the text runs from right to left; where none does, the algorithm need not run. */
function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** The embedding level of each UTF-16 unit, and the paragraph's own: odd ones run from right to left. */
export function embeddingLevels(paragraph: string): { levels: Uint8Array; base: number } {
  if (!hasRightToLeft(paragraph)) return { levels: new Uint8Array(paragraph.length), base: 0 };
  const { levels, paragraphs } = bidi.getEmbeddingLevels(paragraph, 'auto');
  return { levels, base: paragraphs[0]?.level ?? 0 };
}

/** Rule L2 of the Unicode bidirectional algorithm: from logical order to the order on the line. */
export function toVisualOrder<T extends { level: number }>(items: readonly T[]): T[] {
  const ordered = [...items];
  const highest = Math.max(0, ...items.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    let start = 0;
    while (start < ordered.length) {
      let end = start;
      while (end < ordered.length && ordered[end]!.level >= level) end += 1;
      ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end + 1;
    }
  }
  return ordered;
}

/** Rule L4: what is neither letter nor digit is mirrored; it is also turned round, which fonts do for letters alone. */
export function mirrored(text: string): string {
  if (RIGHT_TO_LEFT.test(text)) return text;
  return [...text]
    .reverse()
    .map((character) => bidi.getMirroredCharacter(character) ?? character)
    .join('');
}
