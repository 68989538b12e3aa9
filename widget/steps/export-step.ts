import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ExportFormat } from '../api-client.js';
import { toFailure } from '../failure.js';
import type { Translate } from '../i18n/translate.js';
import { base } from '../styles/base.js';
import { defineOnce } from '../ui/define.js';
import { exportStyles } from './export-step.styles.js';

/** Fetches a file and hands it to the visitor; resolves with its name. */
export type Save = (format: ExportFormat) => Promise<string>;

type Outcome = { status: 'busy' } | { status: 'saved'; name: string } | { status: 'failed'; reason: string };

const FORMATS: readonly ExportFormat[] = ['pdf', 'csv', 'xlsx', 'json'];

/** The four files that a visitor can take away, each with what is in it. Fires `announce` with what became of one. */
export class ExportStep extends LitElement {
  static override styles = [base, exportStyles];

  @property({ attribute: false }) t!: Translate;
  @property({ attribute: false }) save!: Save;
  @state() private outcomes: Partial<Record<ExportFormat, Outcome>> = {};

  override render(): TemplateResult {
    return html`<ul>
      ${FORMATS.map((format) => this.renderFile(format, this.outcomes[format]))}
    </ul>`;
  }

  private renderFile(format: ExportFormat, outcome: Outcome | undefined): TemplateResult {
    const { t } = this;
    const busy = outcome?.status === 'busy';
    return html`
      <li>
        <span class="type" aria-hidden="true">${format}</span>
        <div>
          <p class="muted small" id=${format}>${t(`export.${format}.detail`)}</p>
          ${outcome ? html`<p class="small ${outcome.status}">${this.describe(outcome)}</p>` : nothing}
        </div>
        <button
          class="button"
          part="button"
          type="button"
          aria-describedby=${format}
          aria-busy=${busy}
          aria-disabled=${busy}
          @click=${() => this.download(format)}
        >
          ${busy ? html`<span class="spinner"></span>` : nothing}${t(`export.${format}`)}
        </button>
      </li>
    `;
  }

  private describe(outcome: Outcome): string {
    if (outcome.status === 'busy') return this.t('export.busy');
    return outcome.status === 'saved' ? this.t('export.saved', { name: outcome.name }) : outcome.reason;
  }

  private async download(format: ExportFormat): Promise<void> {
    if (this.outcomes[format]?.status === 'busy') return;
    this.show(format, { status: 'busy' });
    try {
      this.show(format, { status: 'saved', name: await this.save(format) });
    } catch (error) {
      const cause = this.t(`error.${toFailure(error).code}`);
      this.show(format, { status: 'failed', reason: `${this.t('export.failed')} ${cause} ${this.t('export.retry')}` });
    }
  }

  private show(format: ExportFormat, outcome: Outcome): void {
    this.outcomes = { ...this.outcomes, [format]: outcome };
    this.dispatchEvent(new CustomEvent('announce', { detail: this.describe(outcome), bubbles: true, composed: true }));
  }
}

defineOnce('ftl-export-step', ExportStep);
