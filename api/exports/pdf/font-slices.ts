import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** One file of a font, for some of Unicode. */
export interface FontSlice {
  name: string;
  file: string;
  covers(codePoint: number): boolean;
}

/** In the order in which a character is looked for; text first, so that digits are never emoji. */
const TEXT_FONTS = ['noto-sans', 'noto-sans-arabic', 'noto-sans-hebrew', 'noto-sans-sc', 'noto-sans-kr'];
const EMOJI_FONT = 'noto-emoji';

const require = createRequire(import.meta.url);

/** Reads which slices there are, not yet their files. */
export function listSlices(): { text: FontSlice[]; emoji: FontSlice[] } {
  return { text: TEXT_FONTS.flatMap(slicesOf), emoji: slicesOf(EMOJI_FONT) };
}

function slicesOf(font: string): FontSlice[] {
  const folder = `@fontsource-variable/${font}`;
  const ranges: Record<string, string> = JSON.parse(readFileSync(require.resolve(`${folder}/unicode.json`), 'utf8'));
  return Object.entries(ranges).map(([key, list]) => {
    const slice = key.replace(/[[\]]/g, '');
    return {
      name: `${font}-${slice}`,
      file: require.resolve(`${folder}/files/${font}-${slice}-wght-normal.woff2`),
      covers: inRanges(list),
    };
  });
}

/** @param list as CSS has it: "U+20AC,U+2000-206F" */
function inRanges(list: string): FontSlice['covers'] {
  const ranges = list.split(',').map((range) => {
    const [from, to = from] = range.replace(/^U\+/i, '').split('-');
    return [Number.parseInt(from!, 16), Number.parseInt(to!, 16)] as const;
  });
  return (codePoint) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to);
}
