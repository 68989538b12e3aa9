import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** One file of a font, for some of Unicode. */
export interface FontSlice {
  name: string;
  file: string;
  covers(codePoint: number): boolean;
}

const require = createRequire(import.meta.url);

/** Each names its slices and what they cover. In the order in which a character is looked for. */
const TEXT_FONTS = [
  require.resolve('@fontsource-variable/noto-sans/unicode.json'),
  require.resolve('@fontsource-variable/noto-sans-arabic/unicode.json'),
  require.resolve('@fontsource-variable/noto-sans-hebrew/unicode.json'),
  require.resolve('@fontsource-variable/noto-sans-sc/unicode.json'),
  require.resolve('@fontsource-variable/noto-sans-kr/unicode.json'),
];
const EMOJI_FONT = require.resolve('@fontsource-variable/noto-emoji/unicode.json');

/** Reads which slices there are, not yet their files. */
export function listSlices(): { text: FontSlice[]; emoji: FontSlice[] } {
  return { text: TEXT_FONTS.flatMap(slicesOf), emoji: slicesOf(EMOJI_FONT) };
}

function slicesOf(index: string): FontSlice[] {
  const folder = dirname(index);
  const ranges: Record<string, string> = JSON.parse(readFileSync(index, 'utf8'));
  return Object.entries(ranges).map(([key, list]) => {
    const name = `${basename(folder)}-${key.replace(/[[\]]/g, '')}`;
    return { name, file: join(folder, 'files', `${name}-wght-normal.woff2`), covers: inRanges(list) };
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
