/**
 * The notation of the vocabulary files. A phrase is a row of slots parted by spaces; `a|b` are alternatives (`_`
 * joins the words of one), a slot that ends in `?` may be left out, `@name` stands for the phrases listed under that
 * name in words.json.
 */
export interface Slot {
  /** Each alternative is one or more words. */
  alternatives: string[][];
  optional: boolean;
}
export type Phrase = Slot[];

/** Reads phrases. Slots come back in many of them: each is read once, and shared. */
export function createPhraseReader(macroSource: Record<string, string[]>): (source: string) => Phrase {
  const macros = parseMacros(macroSource);
  const slots = new Map<string, Slot>();
  const readSlot = (text: string): Slot => {
    const slot = slots.get(text) ?? parseSlot(text, macros);
    slots.set(text, slot);
    return slot;
  };
  return (source) => source.trim().split(/\s+/).map(readSlot);
}

function parseSlot(text: string, macros: ReadonlyMap<string, string[][]>): Slot {
  const optional = text.length > 1 && text.endsWith('?');
  const body = optional ? text.slice(0, -1) : text;
  const alternatives = body
    .split('|')
    .filter((part) => part !== '')
    .flatMap((part) => alternative(part.replace(/(?<=.)\?$/, ''), macros));
  return { alternatives, optional };
}

function alternative(part: string, macros: ReadonlyMap<string, string[][]>): string[][] {
  if (!part.startsWith('@')) return [part.split('_')];
  const macro = macros.get(part.slice(1));
  if (macro === undefined) throw new Error(`unknown macro ${part}`);
  return macro;
}

/** Macros hold whole phrases, so `|` parts phrases there and spaces stay inside them; they may name those above them. */
function parseMacros(source: Record<string, string[]>): Map<string, string[][]> {
  const macros = new Map<string, string[][]>();
  for (const [name, phrases] of Object.entries(source))
    macros.set(
      name,
      phrases.flatMap((text) => text.split('|').flatMap((phrase) => wordsOrMacro(phrase.trim(), macros))),
    );
  return macros;
}

const wordsOrMacro = (phrase: string, macros: ReadonlyMap<string, string[][]>): string[][] =>
  phrase.startsWith('@') ? alternative(phrase, macros) : [phrase.split(/\s+/)];
