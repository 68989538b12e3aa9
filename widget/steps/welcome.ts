import { html, nothing, type TemplateResult } from 'lit';
import type { Translate } from '../i18n/translate.js';
import { ALERT, CLOCK, icon, LOCK, PLANE } from '../ui/icon.js';

/** The ways into the demo: step by step, or straight to a run of the sample model. */
export type Entrance = 'start' | 'sample';

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
}

/** What awaits the visitor, what is sent where, and the ways in. Nothing is requested before one is taken. */
export function welcome({ t, headingLevel, loading, problem, onStart, onSample }: WelcomeOptions): TemplateResult {
  const facts = [
    [CLOCK, 'welcome.time', 'welcome.timeDetail'],
    [PLANE, 'welcome.calls', 'welcome.callsDetail'],
    [LOCK, 'welcome.key', 'welcome.keyDetail'],
  ] as const;
  const entrance = (name: Entrance, label: string, look: string, onEnter: () => void) =>
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
      ${entrance('start', t('welcome.start'), 'primary', onStart)} ${onSample ? entrance('sample', t('welcome.sample'), '', onSample) : nothing}
      <p class="small muted"><slot name="consent">${t('welcome.consent')}</slot></p>
    </div>
    <p class="error" role="alert">${problem ? html`${icon(ALERT)}<span>${problem}</span>` : nothing}</p>
  </div>`;
}
