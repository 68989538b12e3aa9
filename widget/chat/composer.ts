import { html, LitElement, type TemplateResult } from 'lit';
import { LIMITS } from '../../api/contract/limits.js';
import type { Translate } from '../i18n/translate.js';
import { base } from '../styles/base.js';
import { button } from '../ui/button.js';
import { defineOnce } from '../ui/define.js';
import { icon } from '../ui/icon.js';
import { ARROW_UP, STOP } from '../ui/icons.js';
import { reactive } from '../ui/reactive.js';
import { composerStyles } from './composer.styles.js';

/**
 * The field for a question. Enter sends, Shift+Enter starts a line, and the arrow up in the empty field brings the last
 * question back. Fires `ask` with the question, `stop`, and `recall`.
 */
export class Composer extends LitElement {
  static override styles = [base, composerStyles];
  static override properties = reactive('t', 'busy', 'hint');
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  t!: Translate;
  busy = false;
  hint = '';
  get #field(): HTMLTextAreaElement {
    return this.renderRoot.querySelector<HTMLTextAreaElement>('textarea')!;
  }

  override render(): TemplateResult {
    return html`
      <form @submit=${this.#submit}>
        <label class="visually-hidden" for="question">${this.t('atlas.question')}</label>
        <textarea
          id="question"
          rows="1"
          enterkeyhint="send"
          autocomplete="off"
          maxlength=${LIMITS.questionCharacters}
          placeholder=${this.t('atlas.question')}
          aria-describedby="hint"
          @keydown=${this.#onKey}
          @input=${this.#grow}
        ></textarea>
        <p class="hint" id="hint">${this.hint}</p>
        ${
          this.busy
            ? button({ label: [icon(STOP), this.t('atlas.stop')], look: 'send', onClick: () => this.#fire('stop') })
            : button({ label: [icon(ARROW_UP), this.t('atlas.send')], look: 'primary send' })
        }
      </form>
    `;
  }

  /** Puts a question into the field, to be edited. */
  fill(question: string): void {
    this.#setValue(question);
    this.#field.focus();
  }

  #setValue(value: string): void {
    this.#field.value = value;
    this.#grow();
  }

  #grow(): void {
    this.#field.style.setProperty('height', 'auto');
    this.#field.style.setProperty('height', `${this.#field.scrollHeight}px`);
  }

  #onKey(event: KeyboardEvent): void {
    // While an input method composes, Enter belongs to it; Safari says so by the code 229 only.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) this.#submit(event);
    if (event.key === 'ArrowUp' && this.#field.value === '') {
      event.preventDefault();
      this.#fire('recall');
    }
  }

  #submit(event: Event): void {
    event.preventDefault();
    const question = this.#field.value.trim();
    this.#field.focus();
    if (question === '' || this.busy) return;
    this.#setValue('');
    this.#fire('ask', question);
  }

  #fire(type: 'ask' | 'stop' | 'recall', detail?: string): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

defineOnce('ftl-composer', Composer);
