import { html, LitElement, nothing, type PropertyValues, render, type TemplateResult } from 'lit';
import { wordsFor } from './causes.js';
import { type Emit, isCancelable } from './events.js';
import { enShell } from './i18n/en-shell.js';
import { languageAround } from './i18n/language-around.js';
import { isEnglish, loadDictionary, supportedLanguage } from './i18n/load.js';
import { createTranslate, type Translate } from './i18n/translate.js';
import type { IsolatedFrame } from './isolated/isolated-frame.js';
import type { Method } from './isolated/messages.js';
import { takeName } from './page-name.js';
import { scriptOrigin } from './script-origin.js';
import { createSessionStore, noSessionStore, type SessionStore } from './session-store.js';
import type { State } from './state.js';
import type { StepName } from './step-names.js';
import { type Entrance, welcome } from './steps/welcome.js';
import { core } from './styles/core.js';
import { shell } from './styles/shell.js';
import { tokens } from './styles/tokens.js';
import { progress } from './ui/progress.js';
import { reactive } from './ui/reactive.js';
import type { StepElement } from './ui/step-element.js';
import type { Visit } from './visit.js';

/**
 * Lets a visitor test a fine-tuned model and explore the results with Atlas.
 *
 * @tag ftl-atlas-demo
 * @slot heading - Replaces the title of the welcome.
 * @slot consent - Replaces the note on data protection beside Start Demo.
 * @slot cta - Replaces the call to action at the end.
 * @fires ftl-step - Before the step changes; cancelable.
 * @fires ftl-connected - The endpoint has passed the connection test.
 * @fires ftl-run-finished - The batch test has ended, however it did.
 * @fires ftl-answer - Atlas has answered.
 * @fires ftl-export - Before a file is made; cancelable.
 * @fires ftl-exported - A file has been handed to the visitor.
 * @fires ftl-signup - The visitor follows the call to action at the end; cancelable.
 * @fires ftl-cleaned-up - The session and its key have been deleted.
 * @fires ftl-error - Something was refused or could not be reached.
 * @csspart frame - The border around everything.
 * @csspart progress - The steps of the visit.
 * @csspart content - What is inside the frame, below the progress.
 * @csspart heading - The title of each step.
 * @csspart button - Every button.
 * @csspart primary-button - The one button that leads on.
 * @csspart notice - Boxed messages.
 * @cssprop --ftl-font - Typeface of everything but code.
 * @cssprop --ftl-font-mono - Typeface of code, prompts and addresses.
 * @cssprop --ftl-font-size - Size of the text; all other sizes follow.
 * @cssprop --ftl-text - Text.
 * @cssprop --ftl-muted - Text of less weight.
 * @cssprop --ftl-background - Behind everything.
 * @cssprop --ftl-surface - Behind notices and the heads of tables, and buttons under the pointer.
 * @cssprop --ftl-field - Behind what the visitor types.
 * @cssprop --ftl-border - Lines that only part.
 * @cssprop --ftl-border-strong - Edges of fields and options; needs 3:1 on the background.
 * @cssprop --ftl-accent - Links, charts and the button that leads on.
 * @cssprop --ftl-accent-strong - The accent under the pointer.
 * @cssprop --ftl-accent-soft - Behind what is chosen.
 * @cssprop --ftl-on-accent - Text on the accent.
 * @cssprop --ftl-success - What went well.
 * @cssprop --ftl-success-soft - Behind it.
 * @cssprop --ftl-warning - What needs attention.
 * @cssprop --ftl-warning-soft - Behind it.
 * @cssprop --ftl-danger - What failed, and what deletes.
 * @cssprop --ftl-danger-soft - Behind it.
 * @cssprop --ftl-focus - The ring around what has the focus.
 * @cssprop --ftl-radius - Corners of the frame, of dialogs and of the box for questions.
 * @cssprop --ftl-radius-small - Corners of buttons, fields and notices.
 * @cssprop --ftl-space - The unit of distance.
 * @cssprop --ftl-shadow - The shadow of the frame.
 * @cssprop --ftl-max-width - The element grows no wider.
 * @cssprop --ftl-min-height - The element starts no lower, so that steps do not push the page about.
 */
export class FtlAtlasDemo extends LitElement {
  static override styles = [tokens, core, shell];
  static override properties = {
    apiUrl: { attribute: 'api-url' },
    theme: { reflect: true, useDefault: true },
    lang: {},
    domain: {},
    suite: {},
    endpointUrl: { attribute: 'endpoint-url' },
    modelId: { attribute: 'model-id' },
    signupUrl: { attribute: 'signup-url' },
    privacyUrl: { attribute: 'privacy-url' },
    persist: {},
    headingLevel: { attribute: 'heading-level', type: Number },
    isolated: { type: Boolean },
    ...reactive('t', 'visitState', 'loading', 'loadFailed', 'spoken'),
  };

  /** Where the API is; the script's own origin unless given. */
  apiUrl: string = scriptOrigin;
  /** `auto` follows the system's light or dark. */
  theme: 'auto' | 'light' | 'dark' = 'auto';
  /** Language of the interface; the page's own unless given, English where there is no translation. */
  override lang = '';
  /** A domain to preselect, such as `customer_support`. */
  domain = '';
  /** The id of a test suite to preselect. */
  suite = '';
  /** Fills in the endpoint. */
  endpointUrl = '';
  /** Fills in the model. */
  modelId = '';
  /** Where the closing call to action leads; the server's address unless given. */
  signupUrl = '';
  /** Where the page tells about data protection: a link beside Start Demo. */
  privacyUrl = '';
  /** `session` keeps the session's token for a reload, `none` keeps nothing. */
  persist: 'session' | 'none' = 'session';
  /** Level of the steps' headings in the page's outline, 1 to 6. */
  headingLevel = 2;
  /** Shows the demo in a frame of the API's origin, where scripts of the page cannot read the key. Set from the start. */
  isolated = false;

  private t: Translate | null = null;
  /** What the visit holds; null before the visitor starts. */
  private visitState: State | null = null;
  private loading: Entrance | null = null;
  private loadFailed = false;
  private spoken: { announce?: string; alarm?: string } = {};
  /** What tells this element's session from those of others on the page. */
  #name = '';
  #visit: Visit | null = null;
  /** What shows the demo where it is isolated. */
  #frame: Promise<IsolatedFrame | null> | null = null;
  /** Each step's element, kept while another is shown: going back loses nothing. */
  readonly #steps: Partial<Record<StepName, StepElement>> = {};
  #resuming = false;
  /** The page's language may have changed, or what it puts into the slots. */
  readonly #pageChanges = new MutationObserver(() => this.requestUpdate('lang'));

  override connectedCallback(): void {
    super.connectedCallback();
    this.#pageChanges.observe(this, { childList: true });
    this.#pageChanges.observe(document.documentElement, { attributeFilter: ['lang'] });
    this.#visit?.proceed();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pageChanges.disconnect();
    // An element that is only moved is back on the page by then, and its visit goes on.
    queueMicrotask(() => {
      if (!this.isConnected) this.#visit?.suspend();
    });
  }

  protected override firstUpdated(): void {
    this.#name = takeName(this);
    // Once this first update is through: what follows is another.
    void this.updateComplete.then(() => this.#resume());
  }

  protected override willUpdate(changed: PropertyValues<{ lang: string; visitState: State | null }>): void {
    if (changed.has('lang')) void this.#applyLanguage();
    this.headingLevel = Math.min(6, Math.max(1, this.headingLevel || 2));
    const before = changed.get('visitState');
    // What went wrong in one step is over in the next.
    if (before && before.step !== this.visitState?.step) this.spoken = { announce: this.spoken.announce };
  }

  protected override updated(changed: PropertyValues<{ t: Translate | null; visitState: State | null }>): void {
    if (this.isolated && this.t && changed.has('t') && !changed.get('t')) this.#frame = this.#isolate();
    const before = changed.get('visitState');
    if (before && before.step !== this.visitState?.step && !this.#resuming) void this.#focusStep();
  }

  protected override render(): TemplateResult {
    const { t, visitState } = this;
    const visit = this.#visit;
    // What could not be isolated is the welcome, which says so.
    if (!t || (this.isolated && !this.loadFailed))
      return html`<div class="frame" part="frame" id="place"><div class="content">${skeleton}</div></div>`;
    return html`<div
      class="frame"
      part="frame"
      role="group"
      aria-label=${t('shell.label')}
      lang=${t.lang}
      dir=${t.dir}
      @announce=${this.#onSpeak}
      @alarm=${this.#onSpeak}
      @keydown=${keepTyping}
      @keypress=${keepTyping}
      @keyup=${keepTyping}
    >
      ${progress(t, visitState?.step ?? 'welcome')}
      ${visit && visitState ? html`<ftl-banners exportparts="button, notice" .visit=${visit} .state=${visitState} .t=${t}></ftl-banners>` : nothing}
      <div class="content" part="content">
        ${this.#renderStep(t)}
        ${visit && visitState ? html`<ftl-session-bar exportparts="button, notice" .visit=${visit} .state=${visitState} .t=${t}></ftl-session-bar>` : nothing}
      </div>
      <p class="visually-hidden" role="status">${this.spoken.announce}</p>
      <p class="visually-hidden" role="alert">${this.spoken.alarm}</p>
    </div>`;
  }

  #renderStep(t: Translate): unknown {
    if (this.loading === 'resume') return skeleton;
    const { visitState: state, headingLevel, signupUrl } = this;
    const visit = this.#visit;
    if (!visit || !state || state.step === 'welcome')
      return welcome({
        t,
        headingLevel,
        loading: this.loading,
        problem: this.#problem(t),
        onStart: this.#begin,
        onSample: this.isolated || state?.config || state?.ended ? null : this.#startWithSample,
        onResume: state?.session ? () => visit!.move(state.run ? 'run' : 'connect') : null,
        privacyUrl: this.privacyUrl,
      });
    this.#steps[state.step] ??= createStep(state.step);
    const step = Object.assign(this.#steps[state.step]!, { visit, state, t, headingLevel, signupUrl });
    // A slot that nothing is put into would hide what stands in its place.
    const cta = this.querySelector(':scope > [slot=cta]') ? html`<slot name="cta" slot="cta"></slot>` : nothing;
    render(cta, step);
    return step;
  }

  /** Why the visit could not begin; empty where nothing is the matter. */
  #problem(t: Translate): string {
    const failure = this.visitState?.failure;
    if (this.loadFailed || failure?.code === 'network') return t('welcome.failed');
    return failure ? wordsFor(t, `error.${failure.code}`, failure.detail) : '';
  }

  /** A reloaded page takes up its session, without pulling the focus there. */
  async #resume(): Promise<void> {
    if (this.isolated || !this.#store().read()) return;
    this.#resuming = true;
    await this.#enter('resume', (visit) => visit.begin());
    await this.updateComplete;
    this.#resuming = false;
  }

  async #isolate(): Promise<IsolatedFrame | null> {
    const script = await this.#load(() => import('./isolated/isolated-frame.js'));
    const onFailed = () => {
      this.loadFailed = true;
      this.#frame = null;
    };
    return script && new script.IsolatedFrame(this, { name: this.#name, t: () => this.t!, emit: this.emit, onFailed });
  }

  async #isolateAgain(): Promise<boolean> {
    this.loadFailed = false;
    if (!(await this.#frame)) this.#frame = this.#isolate();
    return this.#askFrame('start');
  }

  /** Begins the demo, as Start Demo does. Resolves with whether the visitor is past the welcome. */
  async start(): Promise<boolean> {
    if (this.isolated) return this.loadFailed ? this.#isolateAgain() : this.#askFrame('start');
    const isPast = () => this.visitState !== null && this.visitState.step !== 'welcome';
    if (!isPast()) await this.#begin();
    return isPast();
  }

  /** Deletes the session and leads to the first step, as Start Over does but unasked. Resolves with whether that worked. */
  async startOver(): Promise<boolean> {
    if (this.isolated) return this.#askFrame('startOver');
    return (await this.#visit?.startOver()) ?? true;
  }

  /** Deletes the session and its key, as Delete My Data does but unasked. Resolves with whether nothing is left of it. */
  async endSession(): Promise<boolean> {
    if (this.isolated) return this.#askFrame('endSession');
    return (await this.#visit?.endSession()) ?? true;
  }

  async #askFrame(method: Method): Promise<boolean> {
    return (await this.#frame)?.ask(method) ?? false;
  }

  readonly #begin = async (): Promise<void> => {
    if (this.isolated) await this.#isolateAgain();
    else await this.#enter('start', (visit) => visit.begin());
  };

  readonly #startWithSample = (): Promise<void> =>
    this.#enter('sample', async (visit) => {
      const script = await this.#load(() => import('./sample-results.js'));
      if (script) await visit.begin(() => script.showSampleResults(visit));
    });

  async #enter(entrance: Entrance, begin: (visit: Visit) => Promise<void>): Promise<void> {
    this.loading = entrance;
    this.#visit ??= await this.#createVisit();
    if (this.#visit) await begin(this.#visit);
    this.loading = null;
  }

  async #createVisit(): Promise<Visit | null> {
    const parts = await this.#load(() => Promise.all([import('./visit-entry.js'), this.#fullTranslate()]));
    if (!parts) return null;
    const [{ Visit }, t] = parts;
    const { domain, suite, endpointUrl, modelId } = this;
    const visit = new Visit({
      apiUrl: this.apiUrl,
      store: this.#store(),
      prefill: { domain, suite, endpointUrl, modelId },
      onChange: () => {
        this.visitState = visit.state;
      },
      emit: this.emit,
      isPresent: () => this.isConnected,
    });
    this.t = t;
    this.visitState = visit.state;
    return visit;
  }

  /** Loads what the demo needs; null where that fails, which the visitor is told, and the page, and once its author. */
  async #load<T>(script: () => Promise<T>): Promise<T | null> {
    try {
      // Nothing helps an element without a server.
      new URL(this.apiUrl, document.baseURI);
      const loaded = await script();
      this.loadFailed = false;
      return loaded;
    } catch (error) {
      // biome-ignore lint/suspicious/noConsole: what the visitor reads cannot say what the page's author has to mend.
      if (!this.loadFailed) console.error(error);
      this.loadFailed = true;
      this.emit('ftl-error', { code: 'network' });
      return null;
    }
  }

  protected readonly emit: Emit = (name, detail) =>
    this.dispatchEvent(
      new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: isCancelable(name) }),
    );

  #store(): SessionStore {
    return this.persist === 'none' ? noSessionStore : createSessionStore(this.apiUrl, this.#name);
  }

  async #applyLanguage(): Promise<void> {
    const tag = this.#languageTag();
    // English is on board up to the start; any other language is loaded first, so that no English flashes up.
    if (isEnglish(tag) && !this.#visit) {
      this.t = createTranslate(tag, enShell);
      return;
    }
    // Where a language cannot be loaded, the one on show stays, or else English.
    const t = await this.#fullTranslate().catch(() => this.t ?? createTranslate('en', enShell));
    if (tag === this.#languageTag()) this.t = t;
  }

  async #fullTranslate(): Promise<Translate> {
    const tag = this.#languageTag();
    return createTranslate(tag, await loadDictionary(tag));
  }

  #languageTag(): string {
    return supportedLanguage(this.lang || languageAround(this) || 'en');
  }

  async #focusStep(): Promise<void> {
    const step = this.renderRoot.querySelector<HTMLElement & Partial<StepElement>>('.content > :first-child');
    await step?.updateComplete;
    step?.focusHeading?.();
  }

  /** The one status region and the one alert region of the whole element. */
  async #onSpeak(event: CustomEvent<string>): Promise<void> {
    event.stopPropagation();
    // The same sentence twice is two announcements: the region has to be empty in between.
    this.spoken = {};
    await this.updateComplete;
    this.spoken = { [event.type]: event.detail };
  }
}

/**
 * The page sees no field behind the element: its shortcuts would open at what the visitor types. Escape and Tab are left
 * to a dialog of the page's that holds the element.
 */
function keepTyping(event: KeyboardEvent): void {
  const [field] = event.composedPath() as [Element];
  // A field that the page has put into a slot is the page's own.
  if (field === event.target || !field.matches('input, textarea, select')) return;
  if (!/^(Escape|Tab)$/.test(event.key)) event.stopPropagation();
}

/** Stands where a step will while its script or its words are on their way. */
const skeleton = html`<div class="skeleton" aria-busy="true"></div>`;

function createStep(name: StepName): StepElement {
  const step = document.createElement(`ftl-${name}-step`) as StepElement;
  step.setAttribute('exportparts', 'heading, button, primary-button, notice');
  return step;
}

declare global {
  interface HTMLElementTagNameMap {
    'ftl-atlas-demo': FtlAtlasDemo;
  }
}
