import { html, nothing, type TemplateResult } from 'lit';
import type { Translate } from '../i18n/translate.js';
import { ALERT, CLOCK, icon, LOCK, PLANE } from '../ui/icon.js';

export interface WelcomeOptions {
  t: Translate;
  headingLevel: number;
  loading: boolean;
  /** Why the last attempt to start did not work; empty where none has failed. */
  problem: string;
  onStart: () => void;
}

/** What awaits the visitor, what is sent where, and one button. Nothing is requested before it is pressed. */
export function welcome({ t, headingLevel, loading, problem, onStart }: WelcomeOptions): TemplateResult {
  const facts = [
    [CLOCK, 'welcome.time', 'welcome.timeDetail'],
    [PLANE, 'welcome.calls', 'welcome.callsDetail'],
    [LOCK, 'welcome.key', 'welcome.keyDetail'],
  ] as const;
  return html`<div class="welcome">
    <header>
      <div class="heading" part="heading" role="heading" aria-level=${headingLevel} tabindex="-1">
        <slot name="heading">${t('welcome.title')}</slot>
      </div>
      <p class="lead">${t('welcome.lead')}</p>
    </header>
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
      <button
        class="button primary large"
        part="button primary-button"
        type="button"
        aria-disabled=${loading}
        @click=${loading ? nothing : onStart}
      >
        ${loading ? html`<span class="spinner"></span>` : nothing}${t('welcome.start')}
      </button>
      <p class="small muted"><slot name="consent">${t('welcome.consent')}</slot></p>
    </div>
    <p class="error" role="alert">${problem ? html`${icon(ALERT)}<span>${problem}</span>` : nothing}</p>
  </div>`;
}
