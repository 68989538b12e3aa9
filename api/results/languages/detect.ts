import { arabic } from './arabic.js';
import { chinese } from './chinese.js';
import { english } from './english.js';
import { french } from './french.js';
import { german } from './german.js';
import { hindi } from './hindi.js';
import { japanese } from './japanese.js';
import type { Language } from './language.js';
import { portuguese } from './portuguese.js';
import { russian } from './russian.js';
import { spanish } from './spanish.js';

const LATIN = [english, german, french, spanish, portuguese];

/** Scripts that decide by themselves; kana before Han, because Japanese uses both. */
const SCRIPTS: readonly [RegExp, Language][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, japanese],
  [/\p{Script=Han}/gu, chinese],
  [/\p{Script=Cyrillic}/gu, russian],
  [/\p{Script=Arabic}/gu, arabic],
  [/\p{Script=Devanagari}/gu, hindi],
];

const SAMPLE_CHARACTERS = 4_000;

/** The language that most of the text is in; English where nothing tells. The end counts: that is where texts break. */
export function detectLanguage(text: string): Language {
  const sample = text.length <= SAMPLE_CHARACTERS ? text : text.slice(-SAMPLE_CHARACTERS);
  const latinLetters = count(sample, /\p{Script=Latin}/gu);
  for (const [script, language] of SCRIPTS) {
    // One ideograph says about as much as three letters; a few kana among many ideographs still make it Japanese.
    if (count(sample, script) * 3 > latinLetters && isEnough(sample, script, language)) return language;
  }
  return mostFrequentWords(sample.toLowerCase());
}

function isEnough(sample: string, script: RegExp, language: Language): boolean {
  const letters = count(sample, script);
  return language === japanese ? letters * 10 >= count(sample, /\p{Script=Han}/gu) : letters > 0;
}

function mostFrequentWords(sample: string): Language {
  const tokens = sample.match(/\p{L}+/gu) ?? [];
  let best = english;
  let bestHits = tokens.filter((token) => english.frequent.has(token)).length;
  for (const language of LATIN) {
    const hits = tokens.filter((token) => language.frequent.has(token)).length;
    if (hits > bestHits) [best, bestHits] = [language, hits];
  }
  return best;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
