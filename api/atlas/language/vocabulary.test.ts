import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPhraseReader, type Phrase } from './phrases.js';

const DATA = new URL('./data/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, DATA), 'utf8'));
const readPhrase = createPhraseReader(read('words.json'));
const MEANINGS = ['filters', 'metrics', 'aggregates', 'orders', 'comparatives', 'outputs', 'asks'];
const MOST_FORMS = 300;

interface Entry {
  file: string;
  means: Record<string, unknown>;
  source: string;
}
const entries: Entry[] = MEANINGS.flatMap((file) =>
  (read(`${file}.json`) as { means: Record<string, unknown>; say: string[] }[]).flatMap(({ means, say }) =>
    say.map((source) => ({ file, means, source })),
  ),
);

/** Every wording of a phrase, or none where there are too many to list. */
function wordings(phrase: Phrase): string[] {
  let forms: string[][] = [[]];
  for (const slot of phrase) {
    const choices = [...slot.alternatives, ...(slot.optional ? [[]] : [])];
    if (forms.length * choices.length > MOST_FORMS) return [];
    forms = forms.flatMap((form) => choices.map((choice) => [...form, ...choice]));
  }
  return forms.map((form) => form.join(' '));
}

describe('the vocabulary files', () => {
  it('never give one wording two meanings of the same kind', () => {
    const meanings = new Map<string, Set<string>>();
    for (const { means, source } of entries) {
      for (const wording of wordings(readPhrase(source))) {
        // What stands behind its figure is told from what stands before it by the place.
        const behind = 'after' in means && means.after ? ' behind' : '';
        const key = `${means.kind}${behind}: ${wording}`;
        meanings.set(key, (meanings.get(key) ?? new Set()).add(JSON.stringify(means)));
      }
    }
    const conflicts = [...meanings]
      .filter(([, found]) => found.size > 1)
      .map(([key, found]) => `${key} → ${[...found].join(' | ')}`);
    expect(conflicts).toEqual([]);
  });

  it('name no unknown macro and no phrase that could match nothing', () => {
    for (const { source } of entries) {
      const phrase = readPhrase(source);
      expect(
        phrase.some((slot) => !slot.optional),
        source,
      ).toBe(true);
    }
  });

  it('are all lower case, the way questions are read', () => {
    for (const { source } of entries) expect(source).toBe(source.toLowerCase());
  });

  it('are all loaded', () => {
    const vocabulary = readFileSync(new URL('./vocabulary.ts', import.meta.url), 'utf8');
    const others = ['contractions.json', 'numbers.json', 'spoken.json', 'stories.json', 'names.json'];
    for (const file of readdirSync(DATA))
      if (!others.includes(file)) expect(vocabulary, file).toContain(`./data/${file}`);
  });
});
