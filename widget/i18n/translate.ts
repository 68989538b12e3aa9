import type { ProblemCode } from '../../api/contract/errors.js';
import type { en } from './en.js';
import type { enOwn } from './en-own.js';
import type { enSettings } from './en-settings.js';

/** Forms by the categories of Intl.PluralRules; `count` among the values chooses. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
export type Entry = string | PluralForms;
/** What was refused and why, which the server says itself in English: only other languages need words for all of it. */
export type ProblemKey = `error.${ProblemCode}`;
export type StringKey = ProblemKey | keyof typeof en | keyof typeof enOwn | keyof typeof enSettings;
export type Dictionary = Readonly<Record<StringKey, Entry>>;
export type Values = Readonly<Record<string, string | number>>;

/** Looks a string up in one element's language; also formats numbers and times the way that language does. */
export interface Translate {
  (key: StringKey, values?: Values): string;
  /** The same with these strings in place of those that are missing: English for what is loaded on demand. */
  or(strings: Partial<Dictionary>): Translate;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  number(value: number, options?: Intl.NumberFormatOptions): string;
  /** A length of time in milliseconds: "840 ms", "2.4 sec" or "1 min 5 sec". */
  duration(milliseconds: number): string;
  /** A moment (ISO 8601) as the time of day with seconds and zone. */
  time(iso: string): string;
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

export function createTranslate(lang: string, dictionary: Partial<Dictionary>): Translate {
  const locale = supportedLocale(lang);
  const plural = new Intl.PluralRules(locale);
  const number = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, options).format(value);
  const unit = (value: number, name: string, digits = 0) =>
    number(value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits }).replace(
      / /g,
      '\u00a0',
    );

  const dir = RIGHT_TO_LEFT.has(new Intl.Locale(locale).language) ? 'rtl' : 'ltr';
  // Whatever direction a name has: it turns no punctuation around it.
  const isolated = (value: string) => (dir === 'rtl' ? `\u2068${value}\u2069` : value);

  const translate = (key: StringKey, values: Values = {}): string => {
    const entry = dictionary[key];
    if (entry === undefined) return key;
    const form = typeof entry === 'string' ? entry : (entry[plural.select(Number(values.count))] ?? entry.other);
    return form.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = values[name];
      if (value === undefined) return placeholder;
      return typeof value === 'number' ? number(value) : isolated(value);
    });
  };

  return Object.assign(translate, {
    or: (strings: Partial<Dictionary>) => createTranslate(lang, { ...strings, ...dictionary }),
    lang: locale,
    dir: dir as Translate['dir'],
    number,
    duration(milliseconds: number): string {
      if (milliseconds < 1_000) return unit(milliseconds, 'millisecond');
      const seconds = milliseconds / 1_000;
      if (seconds < 60) return unit(seconds, 'second', 1);
      const whole = Math.round(seconds);
      return `${unit(Math.floor(whole / 60), 'minute')} ${unit(whole % 60, 'second')}`;
    },
    time: (iso: string): string =>
      new Intl.DateTimeFormat(locale, {
        hour: 'numeric',
        minute: '2-digit',
        second: '2-digit',
        timeZoneName: 'short',
      }).format(new Date(iso)),
  });
}

/** What Atlas says, in which a number and its unit stay on one line: "14.01 s", "48 tokens". */
export const unbroken = (text: string): string => text.replace(/(\d) (?=(m?s|tokens?)\b)/g, '$1\u00a0');

/** A page may carry any `lang`; one that Intl refuses must not break the element. */
function supportedLocale(lang: string): string {
  try {
    return Intl.getCanonicalLocales(lang)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
