import { html, nothing, type TemplateResult } from 'lit';
import { ALERT, icon } from './icon.js';
import { CHECK, INFO } from './icons.js';

export type Tone = 'info' | 'success' | 'warning' | 'danger';

const ICONS = { info: INFO, success: CHECK, warning: ALERT, danger: ALERT };

/** A boxed message: what is the matter, and below it what to do. Announcing it is the caller's choice. */
export function notice(tone: Tone, title: string, body: unknown = nothing): TemplateResult {
  return html`<div class="notice ${tone}" part="notice">
    ${icon(ICONS[tone])}
    <div><strong>${title}</strong>${body}</div>
  </div>`;
}
