import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Message } from '../../api/contract/session.js';
import { reactive } from '../ui/reactive.js';
import '../chat/composer.js';
import type { Composer } from '../chat/composer.js';
import { conversationStyles } from '../chat/conversation.styles.js';
import { plainText } from '../chat/markdown.js';
import '../chat/row-dialog.js';
import type { RowDialog } from '../chat/row-dialog.js';
import { StickToLatest } from '../chat/stick-to-latest.js';
import {
  type OpenQuestion,
  type QuestionActions,
  renderOpenTurn,
  renderTurn,
  type TurnContext,
} from '../chat/turn-view.js';
import { toFailure } from '../failure.js';
import { isEnglish } from '../i18n/load.js';
import { unbroken } from '../i18n/translate.js';
import { isRunning } from '../selectors.js';
import type { State } from '../state.js';
import { base } from '../styles/base.js';
import { ghostButton } from '../styles/ghost-button.js';
import { button } from '../ui/button.js';
import { defineOnce } from '../ui/define.js';
import { failureText } from '../ui/failure-notice.js';
import { icon } from '../ui/icon.js';
import { ARROW_DOWN } from '../ui/icons.js';
import { notice } from '../ui/notice.js';
import { StepElement } from '../ui/step-element.js';

const FEW_QUESTIONS = 10;

/** The conversation with Atlas about the run's results. */
export class AtlasStep extends StepElement {
  static override styles = [base, ghostButton, conversationStyles];
  static override properties = reactive('open');

  private open: OpenQuestion | null = null;
  get #composer(): Composer | null {
    return this.renderRoot.querySelector<Composer>('ftl-composer');
  }
  get #dialog(): RowDialog {
    return this.renderRoot.querySelector<RowDialog>('ftl-row-dialog')!;
  }
  get #log(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.log');
  }

  /** What the latest question was asked without. */
  #without: string[] = [];
  #controller: AbortController | null = null;
  readonly #latest = new StickToLatest(this, () => this.#log);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A step that is only moved is back on the page by then, and its question goes on.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#controller?.abort();
      this.open = null;
    });
  }

  protected override updated(changed: PropertyValues): void {
    const before: State | undefined = changed.get('state');
    if (changed.has('open') || before?.messages !== this.#messages) this.#latest.follow();
  }

  get #messages(): readonly Message[] {
    return this.state.messages;
  }

  get #questionsLeft(): number {
    return this.state.session?.questionsLeft ?? 0;
  }

  protected override render(): TemplateResult {
    const { t, visit } = this;
    return html`
      <div class="stack" @open-row=${this.#openRow}>
        ${this.heading(t('atlas.title'), isEnglish(t.lang) ? t('atlas.lead') : `${t('atlas.lead')} ${t('atlas.english')}`)}
        ${isRunning(this.state.run) ? notice('info', t('atlas.running')) : nothing}
        <div class="conversation">${this.#renderLog()} ${this.#renderSuggestions()} ${this.#renderComposer()}</div>
        <ftl-row-dialog .t=${t}></ftl-row-dialog>
        <div class="actions">
          ${button({ label: t('common.back'), look: 'quiet', onClick: () => visit.move('run') })}
          ${button({ label: t('common.continue'), look: 'primary push', onClick: () => visit.move('goodbye') })}
        </div>
      </div>
    `;
  }

  /** What is said is announced by the one status region: the log itself stays silent. */
  #renderLog(): TemplateResult {
    const { t, open } = this;
    const messages = this.#messages;
    const latest = this.#latest;
    return html`
      <div class="view">
        <div
          class="log"
          role="log"
          aria-live="off"
          aria-label=${t('atlas.log')}
          tabindex="0"
          @scroll=${() => latest.scrolled()}
        >
          ${messages.length === 0 && !open ? html`<p class="muted">${t('atlas.empty')}</p>` : nothing}
          ${messages.map((message, at) => renderTurn(message, this.#contextFor(message, at)))}
          ${open ? renderOpenTurn(open, t, this.#questionsLeft > 0 ? this.#questionActions : null) : nothing}
        </div>
        ${
          latest.away
            ? button({
                label: [icon(ARROW_DOWN), t('atlas.latest')],
                look: 'small jump',
                onClick: () => latest.jump(),
              })
            : nothing
        }
      </div>
    `;
  }

  /** A clarifying answer offers its readings itself. */
  #renderSuggestions(): TemplateResult | typeof nothing {
    const answer = this.#messages.at(-1)?.answer;
    if (!answer || answer.kind === 'clarify' || answer.suggestions.length === 0 || this.#questionsLeft === 0)
      return nothing;
    return html`
      <ul class="suggestions" aria-label=${this.t('atlas.suggestions')}>
        ${answer.suggestions
          .slice(0, 4)
          .map(
            (question) =>
              html`<li><button class="suggestion" type="button" dir="auto" @click=${() => this.#submit(question)}>${unbroken(question)}</button></li>`,
          )}
      </ul>
    `;
  }

  #renderComposer(): TemplateResult | typeof nothing {
    const { t } = this;
    const questionsLeft = this.#questionsLeft;
    // Of a session that is over the banner tells.
    if (!this.state.session) return nothing;
    if (questionsLeft === 0) return notice('info', t('atlas.noneLeft'));
    const few = questionsLeft <= FEW_QUESTIONS;
    return html`
      <ftl-composer
        exportparts="button, primary-button"
        .t=${t}
        .busy=${this.#waiting}
        .hint=${few ? t('atlas.left', { count: questionsLeft }) : t('atlas.keys')}
        @ask=${(event: CustomEvent<string>) => this.#submit(event.detail)}
        @stop=${this.#stop}
        @recall=${this.#editLast}
      ></ftl-composer>
    `;
  }

  #contextFor({ answer }: Message, at: number): TurnContext {
    const isLatest = at === this.#messages.length - 1 && this.#questionsLeft > 0;
    return {
      t: this.t,
      rows: this.state.run?.results ?? [],
      ask: (question) => this.#submit(question),
      askWithout: isLatest ? (chip) => this.#submit(answer.question, [...this.#without, chip]) : null,
      save: this.visit.save,
      actions: isLatest && !this.open ? this.#questionActions : null,
    };
  }

  readonly #questionActions: QuestionActions = {
    edit: () => this.#editLast(),
    again: (question) => this.#submit(question, this.#without),
  };

  get #waiting(): boolean {
    return this.open?.failure === null;
  }

  async #submit(question: string, without: string[] = []): Promise<void> {
    if (this.#waiting || this.#questionsLeft === 0) return;
    const hadFocus = this.matches(':focus-within');
    const controller = new AbortController();
    this.#controller = controller;
    this.#without = without;
    this.open = { question, failure: null };
    this.announce(this.t('atlas.thinking'));
    this.#latest.jump();
    try {
      const answer = await this.visit.ask(question, without, controller.signal);
      if (controller.signal.aborted) return;
      this.open = null;
      this.announce(plainText(answer.text));
    } catch (error) {
      if (controller.signal.aborted) return;
      const failure = failureText(this.t, toFailure(error));
      this.open = { question, failure };
      this.announce(`${this.t('atlas.failed')} ${failure}`);
    }
    if (hadFocus) await this.#keepFocus();
  }

  /** The button that asked may be gone with the answer that offered it. */
  async #keepFocus(): Promise<void> {
    await this.updateComplete;
    const { activeElement } = this.getRootNode() as Document | ShadowRoot;
    if (activeElement === null || activeElement === document.body) this.#composer?.focus();
  }

  #stop(): void {
    this.#controller?.abort();
    const question = this.open?.question ?? '';
    this.open = null;
    this.announce(this.t('atlas.stopped'));
    this.#composer?.fill(question);
  }

  #editLast(): void {
    const question = this.open?.question ?? this.#messages.at(-1)?.question;
    if (question) this.#composer?.fill(question);
  }

  async #openRow(event: CustomEvent<number>): Promise<void> {
    event.stopPropagation();
    const row = this.state.run?.results.find(({ number }) => number === event.detail);
    if (row) await this.#dialog.open(row);
  }
}

defineOnce('ftl-atlas-step', AtlasStep);
