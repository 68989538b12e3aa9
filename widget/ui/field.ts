import { html, nothing, type TemplateResult } from 'lit';
import { ALERT, icon } from './icon.js';

/** Says `now` in the room that `before` took, so that nothing below it moves. */
export const inPlace = (before: unknown, now: unknown): TemplateResult =>
  html`<span class="in-place"><span>${before}</span><span>${now}</span></span>`;

export interface Field {
  id: string;
  /** The accessible name, and nothing else. */
  label: string;
  hint?: unknown;
  /** What was changed in the field, or looks odd about it. */
  remarks?: unknown;
  error?: string;
  input: (attributes: { describedBy: string | typeof nothing; invalid: 'true' | 'false' }) => TemplateResult;
}

/** A labelled field with its hint, remarks and error, all of which describe it to a screen reader. */
export function field({ id, label, hint, remarks, error, input }: Field): TemplateResult {
  const describing = [error && `${id}-error`, remarks && `${id}-remarks`, hint && `${id}-hint`];
  const describedBy = describing.filter(Boolean).join(' ') || nothing;
  return html`<div class="field">
    <label class="label" for=${id}>${label}</label>
    ${input({ describedBy, invalid: error ? 'true' : 'false' })}
    ${error ? html`<p class="error" id="${id}-error">${icon(ALERT)}<span>${error}</span></p>` : nothing}
    ${remarks ? html`<p class="hint warning" id="${id}-remarks">${remarks}</p>` : nothing}
    ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
  </div>`;
}
