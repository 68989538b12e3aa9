import { html, type TemplateResult } from 'lit';
import { explain, wordsFor } from '../causes.js';
import { isEnglish } from '../i18n/load.js';
import type { StringKey, Translate } from '../i18n/translate.js';
import type { Failure } from '../state.js';
import { notice } from './notice.js';

/** Milliseconds until a failure is worth another try; 0 where that is now. */
export const waitOf = (failure: Failure | null | undefined, now = Date.now()): number =>
  Math.max(0, (failure?.retryAt ?? 0) - now);

/** What went wrong and what to do about it, to be spoken. */
export const failureText = (t: Translate, failure: Failure): string =>
  [causeOf(t, failure), ...advice(t, failure)].join(' ');

/** The same, boxed; with a countdown where waiting helps, and the server's own words folded away below. */
export function failureNotice(t: Translate, failure: Failure): TemplateResult {
  return notice(
    failure.code === 'session_exists' ? 'warning' : 'danger',
    causeOf(t, failure),
    html`
      ${[...advice(t, failure), ...countdown(t, failure)].map((sentence) => html`<p>${sentence}</p>`)}
      <details>
        <summary>${t('common.details')}</summary>
        <p class="mono" dir="auto">${failure.reason ?? failure.code}: ${failure.detail} ${failure.hint}</p>
      </details>
    `,
  );
}

const causeOf = (t: Translate, { reason, code, detail }: Failure): string =>
  reason ? explain(t, reason).cause : wordsFor(t, `error.${code}`, detail);

function advice(t: Translate, { reason, code, hint }: Failure): string[] {
  // An address is refused for one of many causes, and only the server's advice knows which.
  if (reason === 'blocked_address' && hint && isEnglish(t.lang)) return [hint];
  if (reason) return [explain(t, reason).fix];
  const fix = wordsFor(t, `error.${code}.fix` as StringKey);
  return fix ? [fix] : [];
}

function countdown(t: Translate, failure: Failure): string[] {
  if (failure.retryAt === undefined) return [];
  const wait = Math.ceil(waitOf(failure) / 1_000) * 1_000;
  return [wait > 0 ? t('wait.left', { time: t.duration(wait) }) : t('wait.over')];
}
