import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ExportFormat } from '../../api/contract/limits.js';
import { toFailure } from '../failure.js';
import type { Translate } from '../i18n/translate.js';
import { base } from '../styles/base.js';
import { defineOnce } from './define.js';
import { failureText } from './failure-notice.js';
import { reactive } from './reactive.js';

/** Fetches a file, the session's or the one at `path`, and hands it to the visitor; resolves with its name, null where the page forbids it. */
export type Save = (format: ExportFormat, path?: string) => Promise<string | null>;

type Outcome = { status: 'busy' } | { status: 'saved'; name: string } | { status: 'failed'; reason: string };

/** Saves a file, and says below what became of it; pressed again, it tries again. Fires `announce` with the same. */
export class DownloadButton extends LitElement {
  static override styles = [
    base,
    css`
      .button {
        width: 100%;
      }
      .outcome {
        margin-block-start: 0.375rem;
        color: var(--_muted);
        overflow-wrap: anywhere;
      }
      .saved {
        color: var(--_success);
      }
      .failed {
        color: var(--_danger);
      }
    `,
  ];
  static override properties = reactive('t', 'save', 'format', 'path', 'outcome');

  t!: Translate;
  save!: Save;
  format!: ExportFormat;
  path?: string;
  private outcome: Outcome | null = null;

  override render(): TemplateResult {
    const { t, format, outcome } = this;
    const busy = outcome?.status === 'busy';
    return html`
      <button
        class="button"
        part="button"
        type="button"
        aria-describedby="detail"
        aria-busy=${busy}
        aria-disabled=${busy}
        @click=${this.#download}
      >
        ${busy ? html`<span class="spinner"></span>` : nothing}${t(`file.${format}`)}
      </button>
      <span id="detail" hidden>${t(`file.${format}.detail`)}</span>
      ${outcome ? html`<p class="small outcome ${outcome.status}">${this.#describe(outcome)}</p>` : nothing}
    `;
  }

  async #download(): Promise<void> {
    if (this.outcome?.status === 'busy') return;
    this.#show({ status: 'busy' });
    try {
      const name = await this.save(this.format, this.path);
      if (name === null) this.outcome = null;
      else this.#show({ status: 'saved', name });
    } catch (error) {
      this.#show({ status: 'failed', reason: failureText(this.t, toFailure(error)) });
    }
  }

  #show(outcome: Outcome): void {
    this.outcome = outcome;
    const detail = this.#describe(outcome);
    this.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true, composed: true }));
  }

  #describe(outcome: Outcome): string {
    if (outcome.status === 'busy') return this.t('export.busy');
    if (outcome.status === 'saved') return this.t('export.saved', { name: outcome.name });
    return `${this.t('export.failed')} ${outcome.reason}`;
  }
}

defineOnce('ftl-download-button', DownloadButton);

declare global {
  interface HTMLElementTagNameMap {
    'ftl-download-button': DownloadButton;
  }
}
