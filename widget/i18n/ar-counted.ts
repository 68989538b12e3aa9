import type { PluralForms } from './translate.js';

/** Arabic counts "one" and "two" without the number, and has a form of the noun for few and one for many. */
export const counted = (one: string, two: string, few: string, many: string): PluralForms => ({
  one,
  two,
  few: `{count} ${few}`,
  many: `{count} ${many}`,
  other: `{count} ${many}`,
});
