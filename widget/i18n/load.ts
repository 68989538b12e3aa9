import type { Dictionary } from './translate.js';

/** A further language is one file beside these and one line here. */
const LANGUAGES: Readonly<Record<string, () => Promise<Partial<Dictionary>>>> = {
  en: async () => (await import('./en.js')).en,
  de: async () => (await import('./de.js')).de,
  ar: async () => (await import('./ar.js')).ar,
};

const languageOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/** The tag itself ("de-AT") where its language is spoken here, else English. */
export const supportedLanguage = (tag: string): string => (languageOf(tag) in LANGUAGES ? tag : 'en');

export const isEnglish = (tag: string): boolean => languageOf(tag) === 'en';

export const loadDictionary = (tag: string): Promise<Partial<Dictionary>> => LANGUAGES[languageOf(tag)]!();
