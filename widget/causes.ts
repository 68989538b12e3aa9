import type { ErrorType } from '../api/contract/errors.js';
import type { StringKey, Translate } from './i18n/translate.js';

/** Words for a code of the server's, which may know more of them than this script does; `otherwise` where there are none. */
export function wordsFor(t: Translate, key: StringKey, otherwise = ''): string {
  const words = t(key);
  return words === key ? otherwise : words;
}

/** Why a call failed, and what to do about it. */
export function explain(t: Translate, type: ErrorType): { cause: string; fix: string } {
  return { cause: wordsFor(t, `cause.${type}`, t('run.status.error')), fix: wordsFor(t, `fix.${type}`) };
}
