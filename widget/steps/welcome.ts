import { html, nothing, type TemplateResult } from 'lit';
import type { Translate } from '../i18n/translate.js';
import { ALERT, CLOCK, icon, LOCK, PLANE } from '../ui/icon.js';

/** The ways into the demo: step by step, straight to a run of the sample model, or back into a session that goes on. */
export type Entrance = 'start' | 'sample' | 'resume';

export interface WelcomeOptions {
  t: Translate;
  headingLevel: number;
  /** Which button has been pressed and is being waited for. */
  loading: Entrance | null;
  /** Why the last attempt to start did not work; empty where none has failed. */
  problem: string;
  onStart: () => void;
  /** null once a visit has begun: what it holds is not given up for a sample. */
  onSample: (() => void) | null;
  /** null where there is no session. */
  onResume: (() => void) | null;
  /** Where the page tells about data protection; empty where it does not. */
  privacyUrl: string;
}

/** What awaits the visitor, what is sent where, and the ways in. Nothing is requested before one is taken. */
export function welcome({ t, headingLevel, loading, problem, privacyUrl, ...on }: WelcomeOptions): TemplateResult {
  const facts = [
    [CLOCK, 'welcome.time', 'welcome.timeDetail'],
    [PLANE, 'welcome.calls', 'welcome.callsDetail'],
    [LOCK, 'welcome.key', 'welcome.keyDetail'],
  ] as const;
  const entrance = (name: Entrance, label: string, onEnter: (() => void) | null, look = '') =>
    onEnter &&
    html`<button
      class="button large ${look}"
      part="button ${look && 'primary-button'}"
      type="button"
      aria-disabled=${loading !== null}
      @click=${loading ? nothing : onEnter}
    >
      ${loading === name ? html`<span class="spinner"></span>` : nothing}${label}
    </button>`;
  return html`<div class="welcome">
    <div>
      <div class="heading" part="heading" role="heading" aria-level=${headingLevel} tabindex="-1">
        <slot name="heading">${t('welcome.title')}</slot>
      </div>
      <p class="lead">${t('welcome.lead')}</p>
    </div>
    <ul class="facts">
      ${facts.map(
        ([outline, title, detail]) =>
          html`<li>
            ${icon(outline)}
            <p><strong>${t(title)}</strong> <span class="muted">${t(detail)}</span></p>
          </li>`,
      )}
    </ul>
    <div class="start">
      ${entrance('start', t('welcome.start'), on.onStart, 'primary')}
      ${entrance('resume', t('welcome.resume'), on.onResume)} ${entrance('sample', t('welcome.sample'), on.onSample)}
      <p class="small muted">
        <slot name="consent">${t('welcome.consent')}</slot>
        ${privacyUrl ? html`<a href=${privacyUrl} target="_blank" rel="noopener">${t('welcome.privacy')}</a>` : nothing}
      </p>
    </div>
    <p class="error" role="alert">${problem ? html`${icon(ALERT)}<span>${problem}</span>` : nothing}</p>
  </div>`;
}
