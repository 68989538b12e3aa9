import { splitWords } from '../words.js';
import type { ReadText } from './text.js';

/** The bounds of the Gopher quality filters (Rae et al. 2021, table A1). */
const MINIMUM_WORDS = 50;
const DUPLICATE_LINES = 0.3;
const REPEATED_CHARACTERS = 0.15;
const SEQUENCE_WORDS = 5;
/** A model that loops does so well before this. */
const CHARACTERS_READ = 20_000;

/** What repeats in the prose; code and tables repeat by nature. */
export function findRepetition(text: ReadText): string | null {
  const lines = text.lines
    .filter((line) => line.kind !== 'code' && line.kind !== 'table' && line.kind !== 'blank')
    .map((line) => line.text.trim());
  const words = splitWords(lines.join('\n').slice(0, CHARACTERS_READ));
  if (words.length < MINIMUM_WORDS) return null;

  const duplicateLines = 1 - new Set(lines).size / lines.length;
  if (duplicateLines > DUPLICATE_LINES) return `${percent(duplicateLines)} of its lines are duplicates`;
  const repeated = repeatedCharacters(words);
  if (repeated > REPEATED_CHARACTERS) return `${percent(repeated)} of its characters are in repeated word sequences`;
  return null;
}

/** The share of characters in five-word sequences that came before, each character counted once. */
function repeatedCharacters(words: readonly string[]): number {
  const seen = new Set<string>();
  const repeated = new Set<number>();
  for (let start = 0; start + SEQUENCE_WORDS <= words.length; start += 1) {
    const sequence = words
      .slice(start, start + SEQUENCE_WORDS)
      .join(' ')
      .toLowerCase();
    if (!seen.has(sequence)) seen.add(sequence);
    else for (let offset = 0; offset < SEQUENCE_WORDS; offset += 1) repeated.add(start + offset);
  }
  const lengthOf = (indexes: Iterable<number>) =>
    [...indexes].reduce((total, index) => total + words[index]!.length, 0);
  return lengthOf(repeated) / lengthOf(words.keys());
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
