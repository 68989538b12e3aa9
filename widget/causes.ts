import type { ErrorType } from '../api/contract/errors.js';
import type { StringKey, Translate, Values } from './i18n/translate.js';

/** A string that may not have been loaded; `otherwise` where it has not. */
export function rareWords(t: Translate, key: StringKey, otherwise = '', values?: Values): string {
  const words = t(key, values);
  return words === key ? otherwise : words;
}

/** Why a call failed, and what to do about it; only that it failed, where the words for more could not be loaded. */
export function explain(t: Translate, type: ErrorType): { cause: string; fix: string } {
  return { cause: rareWords(t, `cause.${type}`, t('run.status.error')), fix: rareWords(t, `fix.${type}`) };
}
