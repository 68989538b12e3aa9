import { readFile } from 'node:fs/promises';
import * as fontkit from 'fontkit';
import subsetFont from 'subset-font';
import { type FontSlice, listSlices } from './font-slices.js';

export type Weight = 400 | 700;

/** A piece of text in one font, small enough never to be broken. */
export interface Cluster {
  text: string;
  font: string;
  /** Of the original, in UTF-16 units: where no font has it, another text is shown. */
  length: number;
}

/** Shown for a character that no font has. */
const MISSING = '\ufffd';
/** Every text may hold them, and the page's own words do. */
const ALWAYS = `${String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index))}–—…·“”’×→≤≥${MISSING}`;

const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|[#*0-9]\ufe0f?\u20e3)/u;
const TEXT_EMOJI = /^[\u00a9\u00ae\u2122\u2190-\u21ff\u25a0-\u25ff]$/u;

interface LoadedFont {
  name: string;
  file: Uint8Array;
  characters: ReadonlySet<number>;
}

/**
 * The fonts that some texts need, cut to their characters: of hundreds of slices only those in use are read. Slices are
 * variable, and fontkit cannot embed such fonts; the subset is fixed to one weight.
 */
export class FontBook {
  readonly #fonts = new Map<string, LoadedFont>();
  /** For each grapheme of a weight, the font that draws it. */
  readonly #fontOf = new Map<string, string>();

  static async load(texts: Record<Weight, readonly string[]>): Promise<FontBook> {
    const book = new FontBook();
    const slices = listSlices();
    for (const weight of [400, 700] as const) {
      const found = [ALWAYS, ...texts[weight]].flatMap(splitGraphemes);
      const graphemes = new Set(found.flatMap((grapheme) => [grapheme, baseOf(grapheme)]));
      const isPicture = (grapheme: string) => EMOJI.test(grapheme) && !TEXT_EMOJI.test(grapheme);
      const pictures = [...graphemes].filter(isPicture);
      await book.#assign(pictures, [...slices.emoji, ...slices.text], weight);
      await book.#assign(
        [...graphemes].filter((grapheme) => !isPicture(grapheme)),
        [...slices.text, ...slices.emoji],
        weight,
      );
    }
    return book;
  }

  /** Every loaded font, to be registered under its name. */
  get fonts(): Iterable<LoadedFont> {
    return this.#fonts.values();
  }

  /** The text in clusters that each have a font; what no font has shows as a replacement character. */
  clusters(text: string, weight: Weight): Cluster[] {
    return splitGraphemes(text).map((grapheme) => {
      const shown = [grapheme, baseOf(grapheme)].find((part) => this.#fontOf.has(`${weight} ${part}`)) ?? MISSING;
      return { text: shown, font: this.#fontOf.get(`${weight} ${shown}`)!, length: grapheme.length };
    });
  }

  /** Each slice gets the graphemes that it says to cover, and hands on those that it turns out not to have. */
  async #assign(graphemes: readonly string[], slices: readonly FontSlice[], weight: Weight): Promise<void> {
    let waiting = [...graphemes];
    for (const slice of slices) {
      const candidates = waiting.filter((grapheme) => slice.covers(grapheme.codePointAt(0)!));
      if (candidates.length === 0) continue;
      const font = await this.#load(slice, weight, candidates.join(''));
      const drawn = new Set(candidates.filter((grapheme) => isDrawn(grapheme, font)));
      for (const grapheme of drawn) this.#fontOf.set(`${weight} ${grapheme}`, font.name);
      waiting = waiting.filter((grapheme) => !drawn.has(grapheme));
    }
  }

  async #load(slice: FontSlice, weight: Weight, text: string): Promise<LoadedFont> {
    // Numbered, since a slice may serve both pictures and text.
    const name = `${slice.name}-${weight}-${this.#fonts.size}`;
    const file = await subsetFont(await readFile(slice.file), text, {
      targetFormat: 'truetype',
      variationAxes: { wght: weight },
    });
    const font = { name, file, characters: charactersOf(file) };
    if (font.characters.size > 0) this.#fonts.set(name, font);
    return font;
  }
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function splitGraphemes(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** What is left of a character where no font has its marks. */
function baseOf(grapheme: string): string {
  return String.fromCodePoint(grapheme.codePointAt(0)!);
}

/** Over a subset that came out without characters fontkit throws. */
function charactersOf(file: Buffer): Set<number> {
  const font = fontkit.create(file) as fontkit.Font & { cmap: { tables: unknown[] } };
  return new Set(font.cmap.tables.length > 0 ? font.characterSet : []);
}

/** Joiners and variation selectors need no glyph of their own. */
function isDrawn(grapheme: string, font: LoadedFont): boolean {
  const visible = grapheme.replace(/(?!^)\p{Default_Ignorable_Code_Point}/gu, '');
  return [...visible].every((character) => font.characters.has(character.codePointAt(0)!));
}
