import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { DOMAINS } from '../../api/contract/limits.js';
import type { Suite } from '../../api/contract/session.js';
import { chosenSuite, promptsLeft } from '../selectors.js';
import type { Choice } from '../state.js';
import { base } from '../styles/base.js';
import { domain } from '../styles/domain.js';
import { forms } from '../styles/forms.js';
import { button } from '../ui/button.js';
import { defineOnce } from '../ui/define.js';
import { ALERT, icon } from '../ui/icon.js';
import { CHECK } from '../ui/icons.js';
import { notice } from '../ui/notice.js';
import { reactive } from '../ui/reactive.js';
import { StepElement } from '../ui/step-element.js';

const SAMPLES = 3;
/** What a prompt takes on an ordinary endpoint, four at a time. */
const SECONDS_PER_PROMPT = 3;

/** The choice of prompts: one of the suites for a task domain, or the visitor's own. */
export class DomainStep extends StepElement {
  static override styles = [base, forms, domain];
  static override properties = reactive('refused', 'own');

  /** The visitor has wanted to go on, or to bring prompts, and cannot: `#problem` says why. */
  private refused = false;
  /** Loaded by those who bring their own prompts. */
  private own: typeof import('./own-prompts-field.js') | null = null;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('state') && this.state.choice.domain === 'own') void this.#loadOwn();
  }

  protected override render(): TemplateResult {
    const { t } = this;
    const { choice, run, lost } = this.state;
    const error = this.refused ? this.#problem() : '';
    return html`<form class="stack" novalidate @submit=${this.#onSubmit}>
      ${this.heading(t('domain.title'), t('domain.lead'))}
      ${lost.prompts && choice.domain === 'own' ? notice('warning', t('lost.prompts')) : nothing}
      <fieldset
        role="radiogroup"
        aria-labelledby="legend"
        aria-describedby=${error ? 'error' : nothing}
        aria-invalid=${error !== '' && choice.domain !== 'own'}
      >
        <legend class="visually-hidden" id="legend">${t('domain.legend')}</legend>
        <div class="cards">
          ${DOMAINS.map((name) => this.#renderCard(name, t(`task.${name}.detail`), this.#renderFacts(name)))}
          ${this.#renderCard('own', t('task.own.detail', { count: promptsLeft(this.state) }), nothing)}
        </div>
      </fieldset>
      ${choice.domain === 'own' ? this.#renderOwnPrompts() : this.#renderSuite()}
      ${error ? html`<p class="error" id="error">${icon(ALERT)}<span>${error}</span></p>` : nothing}
      ${run ? html`<p class="hint">${t('domain.replaces')}</p>` : nothing}
      <div class="actions">
        ${button({ label: t('common.back'), look: 'quiet', onClick: () => this.visit.move('welcome') })}
        ${button({ label: t('common.continue'), look: 'primary push' })}
      </div>
    </form>`;
  }

  #renderCard(name: NonNullable<Choice['domain']>, detail: string, facts: unknown): TemplateResult {
    const chosen = this.state.choice.domain === name;
    return html`<label class="card">
      <input
        type="radio"
        name="domain"
        value=${name}
        .checked=${chosen}
        aria-labelledby="${name}-name"
        aria-describedby="${name}-detail"
        @change=${() => this.#choose({ domain: name, suiteId: null })}
      />
      <span class="mark">${icon(CHECK)}</span>
      <span class="name" id="${name}-name">${this.t(`task.${name}`)}</span>
      <span class="detail" id="${name}-detail">
        ${detail} ${facts}
      </span>
    </label>`;
  }

  #renderFacts(name: string): TemplateResult {
    const { t } = this;
    const { prompts } = this.state.suites.find(({ domain }) => domain === name) ?? {};
    if (!prompts) return html`<span class="facts">${t('domain.none')}</span>`;
    const count = prompts.length;
    const time = t.duration(count * SECONDS_PER_PROMPT * 1_000);
    return html`<q class="facts" dir="auto">${prompts[0]?.prompt}</q>
      <span class="facts">${t('domain.facts', { prompts: t('common.prompts', { count }), time })}</span>`;
  }

  #renderSuite(): TemplateResult | typeof nothing {
    const { t } = this;
    const suite = chosenSuite(this.state);
    if (!suite) return nothing;
    const alternatives = this.state.suites.filter(({ domain }) => domain === suite.domain);
    return html`
      ${alternatives.length > 1 ? this.#renderSuiteSelect(suite, alternatives) : nothing}
      <details>
        <summary>${t('domain.samples')}</summary>
        <ul class="samples">
          ${suite.prompts
            .slice(0, SAMPLES)
            .map(
              ({ category, prompt }) => html`<li dir="auto"><span class="category">${category}</span> ${prompt}</li>`,
            )}
        </ul>
      </details>
    `;
  }

  #renderSuiteSelect(suite: Suite, alternatives: readonly Suite[]): TemplateResult {
    return html`<div class="field">
      <label class="label" for="suite">${this.t('domain.suite')}</label>
      <select
        class="input"
        id="suite"
        @change=${(event: Event) => this.#choose({ suiteId: (event.target as HTMLSelectElement).value })}
      >
        ${alternatives.map(({ id, name }) => html`<option value=${id} ?selected=${id === suite.id}>${name}</option>`)}
      </select>
      <p class="hint" dir="auto">${suite.description}</p>
    </div>`;
  }

  #renderOwnPrompts(): TemplateResult | typeof nothing {
    if (!this.own) return nothing;
    return this.own.ownPromptsField({
      ...this.#ownPrompts(),
      invalid: this.refused,
      onInput: (choice) => this.#choose(choice),
    });
  }

  #ownPrompts() {
    return { t: this.t, choice: this.state.choice, limit: promptsLeft(this.state) };
  }

  async #loadOwn(): Promise<void> {
    try {
      this.own ??= await import('./own-prompts-field.js');
    } catch {
      this.refused = true;
    }
  }

  #choose(choice: Partial<Choice>): void {
    this.refused = false;
    this.visit.choose(choice);
  }

  async #onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const { choice } = this.state;
    if (choice.domain === 'own') await this.#loadOwn();
    const problem = this.#problem();
    this.refused = problem !== '';
    if (!this.refused) return this.visit.move('connect');
    await this.updateComplete;
    this.alarm(problem);
    const place = choice.domain === 'own' ? 'textarea' : 'input[type=radio]';
    this.renderRoot.querySelector<HTMLElement>(place)?.focus();
  }

  /** Why the visitor cannot go on; empty where they can. */
  #problem(): string {
    if (this.state.choice.domain !== 'own') return chosenSuite(this.state) ? '' : this.t('domain.choose');
    return this.own ? this.own.ownPromptsError(this.#ownPrompts()) : this.t('welcome.failed');
  }
}

defineOnce('ftl-domain-step', DomainStep);
