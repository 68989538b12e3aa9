import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { StringKey, Values } from '../i18n/translate.js';
import type { CurlCommand } from '../input/curl.js';
import { normaliseEndpointUrl } from '../input/endpoint-url.js';
import { cleanKey, isWholeKey } from '../input/key.js';
import { foreignKey, type Provider, providerByName, providerOf } from '../input/providers.js';
import type { ConnectionState, Failure } from '../state.js';
import { base } from '../styles/base.js';
import { connect } from '../styles/connect.js';
import { forms } from '../styles/forms.js';
import { button } from '../ui/button.js';
import { defineOnce } from '../ui/define.js';
import { failureNotice, failureText, waitOf } from '../ui/failure-notice.js';
import { inPlace } from '../ui/field.js';
import { notice } from '../ui/notice.js';
import { reactive } from '../ui/reactive.js';
import { StepElement } from '../ui/step-element.js';
import { Ticker } from '../ui/ticker.js';
import type { Setting } from './advanced-settings.js';
import {
  endpointField,
  keyField,
  modelField,
  providerField,
  sampleOffer,
  systemPromptField,
} from './connect-fields.js';

type Entry = 'endpoint' | 'key' | 'model';
type FieldName = Entry | Setting;
/** What is wrong with a field, was changed in it, or looks odd about it: in no language yet, since that may change. */
type Sentence = readonly [StringKey, Values?];

/** The connection to the visitor's endpoint: address, key, model, and a test of all three. */
export class ConnectStep extends StepElement {
  static override styles = [base, forms, connect];
  static override properties = reactive('errors', 'remarks', 'providerName', 'keyShown', 'advanced');

  private errors: Partial<Record<FieldName, Sentence>> = {};
  private remarks: Partial<Record<Entry, readonly Sentence[]>> = {};
  private providerName = '';
  private keyShown = false;
  /** Loaded when they are opened. */
  private advanced: typeof import('./advanced-settings.js') | null = null;

  /** Fields that the visitor has typed in: nobody is told off for passing an empty one. */
  readonly #edited = new Set<Entry>();
  /** The visitor has pressed Continue: a connection that stands leads on. */
  #goOn = false;
  /** The origin that a key was sent to which is no longer on this page; empty where none was. */
  #keyWasSentTo = '';

  constructor() {
    super();
    new Ticker(this, () => waitOf(failureOf(this.state.connection)) > 0);
  }

  /** A session that is over takes the key along that was typed after it began. */
  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.get('state')?.session || this.state.session) return;
    this.#keyInput.value = '';
    this.#keyWasSentTo = '';
  }

  protected override render(): TemplateResult {
    const { t } = this;
    const { session, connection, config, lost } = this.state;
    const testing = connection.status === 'testing';
    const failure = failureOf(connection);
    const keyIsGone = session !== null && !session.credentials.stored;
    return html`<form class="stack" novalidate @submit=${this.#onSubmit}>
      ${this.heading(t('connect.title'), t('connect.lead'))}
      ${keyIsGone ? notice('info', t('connect.keyNeeded')) : nothing}
      ${lost.settings ? notice('info', t('lost.settings')) : nothing}
      ${config?.sampleModel ? sampleOffer(t, this.#useSample) : nothing}
      <div class="columns">${this.#renderFields()}</div>
      <div class="test">${button({ label: t('connect.test'), busy: testing, onClick: this.#test })}</div>
      ${failure ? failureNotice(t, failure) : this.#renderConnection()}
      <details>
        <summary>${t('connect.privacy')}</summary>
        <p class="hint privacy">${t('connect.privacyDetail')}</p>
      </details>
      <div class="actions">
        ${button({ label: t('common.back'), look: 'quiet', onClick: () => this.visit.move('domain') })}
        ${button({ label: t('common.continue'), look: 'primary push' })}
      </div>
    </form>`;
  }

  #renderFields(): unknown {
    const { t, errors } = this;
    const { connection, form, config } = this.state;
    const remarksOn = (name: Entry) => {
      const remarks = this.remarks[name];
      const text = remarks?.map((remark) => t(...remark)).join(' ');
      const isSettled = connection.status === 'ready' && remarks?.some(isDoubt);
      return isSettled ? inPlace(text, t('connect.settled')) : text;
    };
    const errorOn = (name: Entry) => errors[name] && t(...errors[name]);
    const provider = this.#provider;
    const models = connection.status === 'ready' ? (connection.connection?.models ?? []) : [];
    const limits = config!.limits;
    return [
      providerField({ t, provider }, this.#onProvider),
      endpointField(
        {
          t,
          provider,
          error: errorOn('endpoint'),
          remarks: remarksOn('endpoint'),
          value: form.endpointUrl,
          onInput: (endpointUrl) => this.#onEdit('endpoint', { endpointUrl }),
        },
        { onPaste: this.#onPaste, onBlur: () => this.#leave('endpoint') },
      ),
      keyField({
        t,
        provider,
        error: errorOn('key'),
        remarks: remarksOn('key'),
        stored: connection.status === 'ready' && this.#keyWasSentTo !== '',
        shown: this.keyShown,
        onInput: () => this.#forget('key'),
        onBlur: () => this.#leave('key'),
        onShow: () => {
          this.keyShown = !this.keyShown;
        },
      }),
      modelField(
        {
          t,
          provider,
          error: errorOn('model'),
          value: form.modelId,
          onInput: (modelId) => this.#onEdit('model', { modelId }),
        },
        { models, onBlur: () => this.#leave('model') },
      ),
      systemPromptField(
        { t, provider, value: form.systemPrompt, onInput: (systemPrompt) => this.visit.fill({ systemPrompt }) },
        limits.promptCharacters,
      ),
      html`<details @toggle=${this.#loadAdvanced}>
        <summary>${t('connect.advanced')}</summary>
        ${this.advanced?.advancedSettings({
          t,
          form,
          limits,
          errors,
          onSet: this.#onSet,
          onRefuse: (name, range) => {
            this.errors = { ...this.errors, [name]: ['invalid.number', range] };
          },
        })}
      </details>`,
    ];
  }

  #renderConnection(): TemplateResult | typeof nothing {
    const { t } = this;
    const { connection } = this.state;
    if (connection.status === 'testing') return notice('info', t('connect.testing'));
    if (connection.status === 'stale') return notice('warning', t('connect.retest'));
    if (connection.status !== 'ready') return nothing;
    const measured = connection.connection;
    if (!measured) return notice('success', t('connect.ready'));
    const model = measured.modelEcho ?? connection.model.modelId;
    const preview = measured.preview
      ? html`<p class="muted">${t('connect.readyPreview')} <q dir="auto">${measured.preview}</q></p>`
      : nothing;
    return notice(
      'success',
      t('connect.ready'),
      html`<p>${t('connect.readyDetail', { model, time: t.duration(measured.latencyMs) })}</p>
        ${preview}`,
    );
  }

  /** The one place where the key is. */
  get #keyInput(): HTMLInputElement {
    return this.renderRoot.querySelector<HTMLInputElement>('#key')!;
  }

  get #provider(): Provider | undefined {
    return providerOf(this.state.form.endpointUrl) ?? providerByName(this.providerName);
  }

  async #onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const { status } = this.visit.state.connection;
    if (status === 'ready') return this.visit.move('run');
    this.#goOn = true;
    if (status !== 'testing') await this.#test();
  }

  async #test(): Promise<void> {
    const { visit } = this;
    if (visit.state.connection.status === 'testing') return;
    this.#settleEndpoint();
    this.#settleKey();
    if (this.#check()) {
      const { endpointUrl, modelId } = visit.state.form;
      const apiKey = this.#keyInput.value;
      this.announce(this.t('connect.testing'));
      const connected = await visit.connect({ endpointUrl, apiKey, modelId: modelId.trim() });
      if (connected) this.#onConnected(endpointUrl, apiKey);
      else this.#onRefused(failureOf(visit.state.connection));
      if (connected && this.#goOn) await visit.move('run');
    }
    this.#goOn = false;
  }

  #onConnected(endpointUrl: string, apiKey: string): void {
    this.#keyWasSentTo = apiKey ? originOf(endpointUrl) : '';
    this.#keyInput.value = '';
    this.keyShown = false;
    this.announce(this.t('connect.ready'));
  }

  #onRefused(failure: Failure | null): void {
    if (failure) this.alarm(failureText(this.t, failure));
    // A key that was refused is no use; on any other failure it stays, so that it need not be entered again.
    if (failure?.reason === 'auth') this.#keyInput.value = '';
  }

  /** Why a field cannot be taken as it is; undefined where it can. */
  #problemOf(name: Entry): Sentence | undefined {
    const { endpointUrl, modelId } = this.visit.state.form;
    if (name === 'endpoint') return normaliseEndpointUrl(endpointUrl).valid ? undefined : ['invalid.endpoint'];
    if (name === 'model') return modelId.trim() === '' ? ['invalid.model'] : undefined;
    const key = this.#keyInput.value;
    if (!isWholeKey(key)) return ['invalid.key'];
    const isMissing = key === '' && this.#keyWasSentTo !== '' && this.#keyWasSentTo === originOf(endpointUrl);
    return isMissing ? ['invalid.keyAgain'] : undefined;
  }

  #validate(...names: Entry[]): void {
    const found = names.map((name) => [name, this.#problemOf(name)]);
    this.errors = { ...this.errors, ...Object.fromEntries(found) };
  }

  /** Marks what is missing or wrong and leads to the first of it. Returns whether all is well. */
  #check(): boolean {
    this.#validate('endpoint', 'key', 'model');
    const [name, error] = Object.entries(this.errors).find(([, found]) => found) ?? [];
    if (!name || !error) return true;
    this.alarm(this.t(...error));
    this.renderRoot.querySelector<HTMLElement>(`#${name}`)?.focus();
    return false;
  }

  async #useSample(): Promise<void> {
    this.#keyInput.value = '';
    this.#keyWasSentTo = '';
    this.remarks = {};
    this.visit.fill(this.visit.state.config!.sampleModel!);
    await this.#test();
  }

  readonly #onProvider = (name: string): void => {
    this.providerName = name;
    this.#onEdit('endpoint', { endpointUrl: providerByName(name)?.url ?? '' });
  };

  #onEdit(name: Entry, form: { endpointUrl: string } | { modelId: string }): void {
    this.visit.fill(form);
    this.#forget(name);
  }

  readonly #onSet = (name: Setting, value: number | null): void => {
    this.errors = { ...this.errors, [name]: undefined };
    this.visit.fill({ [name]: value });
  };

  async #loadAdvanced(): Promise<void> {
    try {
      this.advanced = await import('./advanced-settings.js');
    } catch {
      this.alarm(this.t('error.network'));
    }
  }

  async #onPaste(event: ClipboardEvent): Promise<void> {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!/^\s*\$?\s*curl\s/.test(text)) return;
    event.preventDefault();
    const command = await readCurl(text);
    if (!command?.url) {
      this.errors = { endpoint: [command ? 'invalid.endpoint' : 'error.network'] };
      return;
    }
    const { apiKey, modelId, systemPrompt } = command;
    const { url } = normaliseEndpointUrl(command.url);
    this.visit.fill({ endpointUrl: url, ...(modelId && { modelId }), ...(systemPrompt && { systemPrompt }) });
    if (apiKey) this.#keyInput.value = apiKey;
    this.errors = {};
    this.remarks = {};
    this.#remark('endpoint', [[apiKey ? 'curl.filled' : 'curl.noKey']]);
  }

  /** Tidies up a field that the visitor leaves, and says what is wrong with what was typed. */
  #leave(name: Entry): void {
    if (name === 'endpoint') this.#settleEndpoint();
    if (name === 'key') this.#settleKey();
    if (this.#edited.has(name)) this.#validate(name);
  }

  /** Tidies the address up and says what was changed. */
  #settleEndpoint(): void {
    const { form, config, connection } = this.visit.state;
    const { url, changes, warning } = normaliseEndpointUrl(form.endpointUrl);
    // No doubt is left of an address that works.
    if (connection.status === 'ready' || url === config?.sampleModel?.endpointUrl) return;
    const refused = warning === 'http' && !config?.limits.plainHttp;
    const warnings = refused ? (['httpRefused'] as const) : warning ? [warning] : [];
    if (url !== form.endpointUrl) this.visit.fill({ endpointUrl: url });
    this.#remark(
      'endpoint',
      [...changes, ...warnings].map((name) => [`notice.${name}`]),
    );
  }

  /** Tidies the key up, says so, and wonders where it looks like another provider's. */
  #settleKey(): void {
    const typed = this.#keyInput.value;
    const key = cleanKey(typed);
    const foreign = foreignKey(key, this.visit.state.form.endpointUrl);
    this.#keyInput.value = key;
    this.#remark('key', [
      ...(key === typed ? [] : [['key.cleaned'] as const]),
      ...(foreign ? [['key.looksLike', { provider: foreign.name }] as const] : []),
    ]);
  }

  #remark(name: Entry, remarks: readonly Sentence[]): void {
    if (remarks.length > 0) this.remarks = { ...this.remarks, [name]: remarks };
  }

  /** An edited field's remarks no longer hold; an error stays until it is mended. */
  #forget(name: Entry): void {
    this.#edited.add(name);
    this.remarks = { ...this.remarks, [name]: undefined };
    if (this.errors[name]) this.#validate(name);
  }
}

/** null where the script for it cannot be loaded. */
const readCurl = async (text: string): Promise<CurlCommand | null> =>
  import('../input/curl.js').then(
    ({ parseCurl }) => parseCurl(text),
    () => null,
  );

/** Whether a remark is settled where the connection stands. */
const isDoubt = ([key]: Sentence): boolean => /reserved|private|Refused|looksLike/.test(key);
const failureOf = (connection: ConnectionState): Failure | null =>
  connection.status === 'failed' ? connection.failure : null;
const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');

defineOnce('ftl-connect-step', ConnectStep);
