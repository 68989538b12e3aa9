import type { Dictionary } from './translate.js';

/** A further language is one file beside these and one line here. */
const LANGUAGES: Readonly<Record<string, () => Promise<Dictionary>>> = {
  en: async () => (await import('./en.js')).en,
  de: async () => (await import('./de.js')).de,
  ar: async () => (await import('./ar.js')).ar,
};

/** The dictionary of a language tag ("de-AT" → German); English where there is none. */
export function loadDictionary(lang: string): Promise<Dictionary> {
  const language = lang.toLowerCase().split('-')[0] ?? '';
  return (LANGUAGES[language] ?? LANGUAGES.en!)();
}

export function isEnglish(lang: string): boolean {
  const language = lang.toLowerCase().split('-')[0] ?? '';
  return language === 'en' || !(language in LANGUAGES);
}
