import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Translate } from '../i18n/translate.js';
import { base } from '../styles/base.js';
import { ghostButton } from '../styles/ghost-button.js';
import { defineOnce } from '../ui/define.js';
import { icon } from '../ui/icon.js';
import { CHECK, COPY } from '../ui/icons.js';
import { reactive } from '../ui/reactive.js';

const SHOWN_MS = 2000;

/** Copies a text and says so, in sight and to a screen reader. */
export class CopyButton extends LitElement {
  static override styles = [base, ghostButton];
  static override properties = reactive('text', 'label', 'what', 't', 'outcome');

  text = '';
  label = '';
  /** Of what, where several buttons with one label stand together: for a screen reader. */
  what = '';
  t!: Translate;
  private outcome: 'copied' | 'failed' | null = null;
  #timer = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.outcome = null;
  }

  override render(): TemplateResult {
    const said = this.outcome ? this.t(`copy.outcome.${this.outcome}`) : '';
    return html`
      <button class="ghost" type="button" @click=${this.#copy}>
        ${this.outcome === 'copied' ? icon(CHECK) : icon(COPY)} ${said || this.label}${this.what ? html`<span class="visually-hidden">: ${this.what}</span>` : nothing}
      </button>
      <span class="visually-hidden" role="status">${said}</span>
    `;
  }

  async #copy(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await navigator.clipboard.writeText(this.text);
      this.outcome = 'copied';
    } catch {
      // The page's permissions policy may forbid the clipboard to its parts.
      this.outcome = 'failed';
    }
    this.#timer = window.setTimeout(() => (this.outcome = null), SHOWN_MS);
  }
}

defineOnce('ftl-copy-button', CopyButton);
