import type { ErrorType } from '../api/contract/errors.js';
import type { Dictionary, StringKey, Translate } from './i18n/translate.js';

let english: Partial<Dictionary> = {};

/** Loads the English words for failed calls, which most visits never see. Never rejects. */
export async function loadCauses(): Promise<void> {
  english = await import('./i18n/en-causes.js').then(
    ({ enCauses }) => enCauses,
    () => ({}),
  );
}

/** Why a call failed, and what to do about it; only that it failed, where the words for more could not be loaded. */
export function explain(t: Translate, type: ErrorType): { cause: string; fix: string } {
  const words = t.or(english);
  const say = (key: StringKey, otherwise: string) => (words(key) === key ? otherwise : words(key));
  return { cause: say(`cause.${type}`, t('run.status.error')), fix: say(`fix.${type}`, '') };
}
