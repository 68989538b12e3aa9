import { html, type TemplateResult } from 'lit';
import type { RowError } from '../../api/contract/row.js';
import { explain } from '../causes.js';
import type { Translate } from '../i18n/translate.js';

/** Why a prompt has no answer: in words that help, then in the endpoint's own. */
export function rowFailure(t: Translate, { type, httpStatus, message }: RowError): TemplateResult {
  const { cause, fix } = explain(t, type);
  const status = httpStatus === null ? '' : ` (HTTP ${httpStatus})`;
  return html`<p><strong>${cause}</strong> ${fix}</p>
    <p class="mono muted" dir="auto">${type}${status}: ${message}</p>`;
}
