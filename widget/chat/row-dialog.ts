import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Row } from '../../api/contract/row.js';
import { valueFormat } from '../charts/format.js';
import type { Translate } from '../i18n/translate.js';
import { base } from '../styles/base.js';
import { dialog } from '../styles/dialog.js';
import { defineOnce } from '../ui/define.js';
import { reactive } from '../ui/reactive.js';
import './copy-button.js';
import { ghostButton } from '../styles/ghost-button.js';
import { icon } from '../ui/icon.js';
import { CROSS } from '../ui/icons.js';
import { rowFailure } from '../ui/row-failure.js';
import { rowDialogStyles } from './row-dialog.styles.js';

const FLAGS = ['truncated', 'incomplete', 'asksFollowUp', 'refusal', 'empty'] as const;

/** One prompt of the run and all that became of it. The native dialog keeps the focus in and gives it back. */
export class RowDialog extends LitElement {
  static override styles = [base, dialog, ghostButton, rowDialogStyles];
  static override properties = reactive('t', 'row');

  t!: Translate;
  row: Row | null = null;
  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector<HTMLDialogElement>('dialog')!;
  }

  async open(row: Row): Promise<void> {
    this.row = row;
    await this.updateComplete;
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#dialog.scrollTop = 0;
    // Isolated, it stands in the middle of a frame that may be higher than the window.
    this.#dialog.scrollIntoView({ block: 'nearest' });
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @click=${this.#closeFromBackdrop}>${this.row ? this.#renderRow(this.row) : nothing}</dialog>`;
  }

  #renderRow(row: Row): TemplateResult {
    return html`
      <div class="head">
        <div class="title">
          <p class="subheading" id="title">${this.t('row.title', { number: row.number })}</p>
          <span class="badge ${row.status}">${this.t(`run.status.${row.status}`)}</span>
          ${row.category ? html`<span class="badge" dir="auto">${row.category}</span>` : nothing}
        </div>
        <button class="ghost close" type="button" @click=${() => this.#dialog.close()}>
          ${icon(CROSS)}<span class="visually-hidden">${this.t('row.close')}</span>
        </button>
      </div>
      ${row.error ? html`<div class="problem">${rowFailure(this.t, row.error)}</div>` : nothing}
      ${this.#renderText(this.t('run.row.prompt'), row.prompt)}
      ${this.#renderText(this.t('run.row.response'), row.response)}
      ${this.#renderFlags(row)}
      <dl class="figures facts">${this.#facts(row).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    `;
  }

  #renderText(label: string, text: string | null): TemplateResult {
    return html`
      <section>
        <div class="section-head">
          <p class="label">${label}</p>
          ${text ? html`<ftl-copy-button .t=${this.t} .text=${text} .label=${this.t('copy.label')} .what=${label}></ftl-copy-button>` : nothing}
        </div>
        ${
          text
            ? html`<div class="text" dir="auto" role="region" aria-label=${label} tabindex="0">${text}</div>`
            : html`<p class="muted small">${this.t('run.row.noResponse')}</p>`
        }
      </section>
    `;
  }

  #renderFlags(row: Row): TemplateResult | typeof nothing {
    const raised = FLAGS.filter((flag) => row[flag]);
    if (raised.length === 0) return nothing;
    return html`
      <section>
        <p class="label">${this.t('row.flags')}</p>
        <ul class="flags">
          ${raised.map((flag) => html`<li><strong>${this.t(`row.flag.${flag}`)}</strong> ${flag === 'incomplete' ? html`<bdi>${row.incompleteReasons.join('; ')}</bdi>` : nothing}</li>`)}
        </ul>
        <p class="muted small">${this.t('row.heuristic')}</p>
      </section>
    `;
  }

  /** Name and value of every figure that the row has; what was not measured is left out. */
  #facts(row: Row): [string, string][] {
    const { t } = this;
    const duration = (value: number | null) => (value === null ? null : valueFormat('ms', t, value)(value));
    const number = (value: number | null) => (value === null ? null : t.number(value, { maximumFractionDigits: 1 }));
    const facts: [string, string | null][] = [
      [t('metric.latencyMs'), duration(row.latencyMs)],
      [t('metric.firstTokenMs'), duration(row.firstTokenMs)],
      [t('metric.inputTokens'), number(row.inputTokens)],
      [t('metric.outputTokens'), number(row.outputTokens)],
      [t('metric.tokensPerSecond'), number(row.tokensPerSecond)],
      [t('metric.words'), number(row.words)],
      [t('row.finishReason'), row.finishReason],
      [t('metric.attempts'), number(row.attempts)],
      [t('row.startedAt'), row.startedAt && t.time(row.startedAt)],
    ];
    return facts.filter((fact): fact is [string, string] => fact[1] !== null);
  }

  #closeFromBackdrop(event: Event): void {
    if (event.target === this.#dialog) this.#dialog.close();
  }
}

defineOnce('ftl-row-dialog', RowDialog);
