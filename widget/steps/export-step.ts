import { html, LitElement, type TemplateResult } from 'lit';
import type { ExportFormat } from '../../api/contract/limits.js';
import type { Translate } from '../i18n/translate.js';
import { base } from '../styles/base.js';
import { defineOnce } from '../ui/define.js';
import { reactive } from '../ui/reactive.js';
import '../ui/download-button.js';
import type { Save } from '../ui/download-button.js';
import { exportStyles } from './export-step.styles.js';

export const FORMATS: readonly ExportFormat[] = ['pdf', 'csv', 'xlsx', 'json'];

/** The four files that a visitor can take away, each with what is in it. */
export class ExportStep extends LitElement {
  static override styles = [base, exportStyles];
  static override properties = reactive('t', 'save');

  t!: Translate;
  save!: Save;

  override render(): TemplateResult {
    return html`<ul>
      ${FORMATS.map((format) => this.#renderFile(format))}
    </ul>`;
  }

  #renderFile(format: ExportFormat): TemplateResult {
    return html`
      <li>
        <span class="type" aria-hidden="true">${format}</span>
        <p class="muted small">${this.t(`file.${format}.detail`)}</p>
        <ftl-download-button
          exportparts="button"
          .t=${this.t}
          .save=${this.save}
          .format=${format}
        ></ftl-download-button>
      </li>
    `;
  }
}

defineOnce('ftl-export-step', ExportStep);
