import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { parseCurl } from '../input/curl.js';
import { normaliseEndpointUrl } from '../input/endpoint-url.js';
import { cleanKey } from '../input/key.js';
import { PROVIDERS, type Provider, providerById, providerOf, providerOfKey } from '../input/providers.js';
import { base } from '../styles/base.js';
import { connect } from '../styles/connect.js';
import { forms } from '../styles/forms.js';
import { defineOnce } from '../ui/define.js';
import { failureNotice, failureText, waitOf } from '../ui/failure-notice.js';
import { field } from '../ui/field.js';
import { notice } from '../ui/notice.js';
import { StepElement } from '../ui/step-element.js';
import { Ticker } from '../ui/ticker.js';
import { advancedSettings, isInRange, rangeOf, type Setting } from './advanced-settings.js';

type FieldName = 'endpoint' | 'key' | 'model' | Setting;

/** The connection to the visitor's endpoint: address, key, model, and a test of all three. */
export class ConnectStep extends StepElement {
  static override styles = [base, forms, connect];

  @state() private errors: Partial<Record<FieldName, string>> = {};
  /** What was changed in a field, or looks odd about it. */
  @state() private remarks: Partial<Record<FieldName, string[]>> = {};
  @state() private providerId = '';
  @state() private keyShown = false;

  /** The visitor has pressed Continue: a connection that stands leads on. */
  private goOn = false;
  /** Where the key was sent that is no longer on this page. */
  private keyWasSentTo = '';

  constructor() {
    super();
    new Ticker(this, () => waitOf(this.failure) > 0);
  }

  protected override render(): TemplateResult {
    const { t } = this;
    const { session, connection, form, config } = this.state;
    const testing = connection.status === 'testing';
    const keyIsGone = session !== null && !session.credentials.stored;
    return html`<form class="stack" novalidate @submit=${this.onSubmit}>
      ${this.heading(t('connect.title'), t('connect.lead'))}
      ${keyIsGone ? notice('info', t('connect.keyNeeded')) : nothing}
      ${config?.sampleModel ? this.renderSample() : nothing}
      <div class="columns">
        ${this.renderProvider()} ${this.renderEndpoint()} ${this.renderKey()} ${this.renderModel()}
        ${field({
          id: 'system',
          label: t('connect.system'),
          hint: t('connect.systemHint'),
          input: (attributes) => html`<textarea
            class="input"
            id="system"
            rows="3"
            dir="auto"
            maxlength=${config?.limits.promptCharacters ?? nothing}
            aria-describedby=${attributes.describedBy}
            .value=${form.systemPrompt}
            @input=${(event: Event) => this.visit.fill({ systemPrompt: textOf(event) })}
          ></textarea>`,
        })}
        ${
          config
            ? advancedSettings({ t, form, limits: config.limits, errors: this.errors, onInput: this.onSetting })
            : nothing
        }
      </div>
      <div class="test">
        <button
          class="button"
          part="button"
          type="button"
          aria-busy=${testing}
          aria-disabled=${testing}
          @click=${() => this.test()}
        >
          ${testing ? html`<span class="spinner"></span>` : nothing}${t('connect.test')}
        </button>
        ${testing ? html`<span class="muted">${t('connect.testing')}</span>` : nothing}
      </div>
      ${this.failure ? failureNotice(t, this.failure) : this.renderConnection()}
      <details>
        <summary>${t('connect.privacy')}</summary>
        <p class="hint privacy">${t('connect.privacyDetail')}</p>
      </details>
      <div class="actions">
        <button class="button quiet" part="button" type="button" @click=${() => this.visit.move('domain')}>
          ${t('common.back')}
        </button>
        <button class="button primary push" part="button primary-button" type="submit">${t('common.continue')}</button>
      </div>
    </form>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.state.session && this.state.receipt) this.keyInput.value = '';
  }

  private renderSample(): TemplateResult {
    const { t } = this;
    return html`<div class="sample">
      <p><strong>${t('connect.sampleTitle')}</strong> <span class="muted">${t('connect.sampleDetail')}</span></p>
      <button class="button" part="button" type="button" @click=${this.useSample}>${t('connect.sample')}</button>
    </div>`;
  }

  private renderProvider(): TemplateResult {
    const { t } = this;
    const chosen = this.provider?.id ?? '';
    return field({
      id: 'provider',
      label: t('connect.provider'),
      input: () => html`<select class="input" id="provider" @change=${this.onProvider}>
        <option value="" ?selected=${chosen === ''}>${t('connect.providerOther')}</option>
        ${PROVIDERS.map(({ id, name }) => html`<option value=${id} ?selected=${chosen === id}>${name}</option>`)}
      </select>`,
    });
  }

  private renderEndpoint(): TemplateResult {
    const { t } = this;
    return field({
      id: 'endpoint',
      label: t('connect.endpoint'),
      hint: t('connect.endpointHint'),
      remarks: this.remarks.endpoint,
      error: this.errors.endpoint,
      input: ({ describedBy, invalid }) => html`<input
        class="input mono"
        id="endpoint"
        type="text"
        inputmode="url"
        dir="ltr"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        placeholder=${this.provider?.urlExample ?? 'https://api.example.com/v1'}
        aria-describedby=${describedBy}
        aria-invalid=${invalid}
        .value=${this.state.form.endpointUrl}
        @input=${(event: Event) => this.onEdit('endpoint', textOf(event))}
        @paste=${this.onPaste}
        @blur=${this.settleEndpoint}
      />`,
    });
  }

  private renderKey(): TemplateResult {
    const { t } = this;
    const stored = this.state.connection.status === 'ready' && this.keyWasSentTo !== '';
    const { keysUrl } = this.provider ?? {};
    return field({
      id: 'key',
      label: t('connect.key'),
      hint: html`${t(stored ? 'connect.keyStored' : 'connect.keyHint')}
      ${keysUrl ? html`<a href=${keysUrl} target="_blank" rel="noopener noreferrer">${t('connect.keyWhere')}</a>` : nothing}`,
      remarks: this.remarks.key,
      error: this.errors.key,
      input: ({ describedBy, invalid }) => html`<span class="with-button">
        <input
          class="input mono"
          id="key"
          type=${this.keyShown ? 'text' : 'password'}
          dir="ltr"
          autocomplete="new-password"
          autocapitalize="none"
          spellcheck="false"
          data-1p-ignore
          data-lpignore="true"
          data-bwignore
          data-form-type="other"
          aria-describedby=${describedBy}
          aria-invalid=${invalid}
          @input=${() => this.clearRemarks('key')}
          @blur=${this.settleKey}
        />
        <button
          class="button"
          part="button"
          type="button"
          aria-pressed=${this.keyShown}
          @click=${() => {
            this.keyShown = !this.keyShown;
          }}
        >
          ${t('connect.showKey')}
        </button>
      </span>`,
    });
  }

  private renderModel(): TemplateResult {
    const { t } = this;
    const { connection, form } = this.state;
    const models = connection.status === 'ready' ? (connection.connection?.models ?? []) : [];
    return field({
      id: 'model',
      label: t('connect.model'),
      hint: t('connect.modelHint'),
      error: this.errors.model,
      input: ({ describedBy, invalid }) => html`<input
          class="input mono"
          id="model"
          type="text"
          dir="ltr"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          placeholder=${this.provider?.modelExample ?? 'my-org/my-fine-tuned-model'}
          list=${models.length > 0 ? 'models' : nothing}
          aria-describedby=${describedBy}
          aria-invalid=${invalid}
          .value=${form.modelId}
          @input=${(event: Event) => this.onEdit('model', textOf(event))}
        />
        <datalist id="models">${models.map((model) => html`<option value=${model}></option>`)}</datalist>`,
    });
  }

  private renderConnection(): TemplateResult | typeof nothing {
    const { t } = this;
    const { connection } = this.state;
    if (connection.status === 'stale') return notice('warning', t('connect.retest'));
    if (connection.status !== 'ready') return nothing;
    const measured = connection.connection;
    if (!measured) return notice('success', t('connect.ready'));
    const model = measured.modelEcho ?? connection.model.modelId;
    return notice(
      'success',
      t('connect.ready'),
      html`<p>${t('connect.readyDetail', { model, time: t.duration(measured.latencyMs) })}</p>
        ${measured.preview ? html`<p class="muted" dir="auto">${t('connect.readyPreview', { text: measured.preview })}</p>` : nothing}`,
    );
  }

  /** The one place where the key is. */
  private get keyInput(): HTMLInputElement {
    return this.renderRoot.querySelector<HTMLInputElement>('#key')!;
  }

  private get failure() {
    const { connection } = this.state;
    return connection.status === 'failed' ? connection.failure : null;
  }

  private get provider(): Provider | undefined {
    return providerOf(this.state.form.endpointUrl) ?? providerById(this.providerId);
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { status } = this.state.connection;
    if (status === 'ready') return this.visit.move('run');
    this.goOn = true;
    if (status !== 'testing') await this.test();
  };

  private async test(): Promise<void> {
    if (this.state.connection.status === 'testing') return;
    this.settleEndpoint();
    this.settleKey();
    if (this.check()) {
      const { endpointUrl, modelId } = this.state.form;
      const apiKey = this.keyInput.value;
      this.announce(this.t('connect.testing'));
      const connected = await this.visit.connect({ endpointUrl, apiKey, modelId: modelId.trim() });
      if (connected) this.onConnected(endpointUrl, apiKey);
      else this.onRefused();
      if (connected && this.goOn) await this.visit.move('run');
    }
    this.goOn = false;
  }

  private onConnected(endpointUrl: string, apiKey: string): void {
    this.keyWasSentTo = apiKey ? originOf(endpointUrl) : '';
    this.keyInput.value = '';
    this.keyShown = false;
    this.announce(this.t('connect.ready'));
  }

  private onRefused(): void {
    const { failure } = this;
    if (failure) this.alarm(failureText(this.t, failure));
    // A key that was refused is no use; on any other failure it stays, so that it need not be entered again.
    if (failure?.reason === 'auth') this.keyInput.value = '';
  }

  /** Marks what is missing or wrong and leads to the first of it. Returns whether all is well. */
  private check(): boolean {
    const { t } = this;
    const { endpointUrl, modelId } = this.state.form;
    const { concurrency, maxTokens, temperature } = this.errors;
    const keyIsMissing =
      this.keyInput.value === '' && this.keyWasSentTo !== '' && this.keyWasSentTo === originOf(endpointUrl);
    const errors: typeof this.errors = {
      endpoint: normaliseEndpointUrl(endpointUrl).valid ? undefined : t('invalid.endpoint'),
      key: keyIsMissing ? t('invalid.keyAgain') : undefined,
      model: modelId.trim() === '' ? t('invalid.model') : undefined,
      concurrency,
      maxTokens,
      temperature,
    };
    this.errors = errors;
    const first = Object.entries(errors).find(([, error]) => error)?.[0];
    if (first) this.renderRoot.querySelector<HTMLElement>(`#${first}`)?.focus();
    return !first;
  }

  private readonly useSample = async (): Promise<void> => {
    this.keyInput.value = '';
    this.keyWasSentTo = '';
    this.remarks = {};
    this.visit.fill(this.state.config!.sampleModel!);
    await this.test();
  };

  private readonly onProvider = (event: Event): void => {
    this.providerId = textOf(event);
    const provider = providerById(this.providerId);
    this.clearRemarks('endpoint');
    this.visit.fill({ endpointUrl: provider?.url ?? '' });
  };

  private onEdit(name: 'endpoint' | 'model', value: string): void {
    this.clearRemarks(name);
    this.visit.fill(name === 'endpoint' ? { endpointUrl: value } : { modelId: value });
  }

  private readonly onSetting = (name: Setting, text: string): void => {
    const { limits } = this.state.config!;
    this.clearRemarks(name);
    if (isInRange(limits, name, text)) this.visit.fill({ [name]: text === '' ? null : Number(text) });
    else this.errors = { ...this.errors, [name]: this.t('invalid.number', rangeOf(limits, name)) };
  };

  private readonly onPaste = (event: ClipboardEvent): void => {
    const command = parseCurl(event.clipboardData?.getData('text/plain') ?? '');
    if (!command?.url) return;
    event.preventDefault();
    const { apiKey, modelId, systemPrompt } = command;
    const { url } = normaliseEndpointUrl(command.url);
    this.visit.fill({ endpointUrl: url, ...(modelId && { modelId }), ...(systemPrompt && { systemPrompt }) });
    if (apiKey) this.keyInput.value = apiKey;
    this.errors = {};
    this.remarks = { endpoint: [this.t(apiKey ? 'notice.curl' : 'notice.curlNoKey')] };
  };

  /** Tidies the address up and says what was changed. */
  private readonly settleEndpoint = (): void => {
    const typed = this.state.form.endpointUrl;
    const { url, changes, warning } = normaliseEndpointUrl(typed);
    if (url === '' || url === this.state.config?.sampleModel?.endpointUrl) return;
    if (url !== typed) this.visit.fill({ endpointUrl: url });
    const remarks = [...changes, ...(warning ? [warning] : [])].map((name) => this.t(`notice.${name}`));
    if (remarks.length > 0 || url !== typed) this.remarks = { ...this.remarks, endpoint: remarks };
  };

  private readonly settleKey = (): void => {
    const typed = this.keyInput.value;
    const key = cleanKey(typed);
    const looksLike = providerOfKey(key);
    const provider = providerOf(this.state.form.endpointUrl);
    const odd = looksLike && provider && looksLike !== provider;
    this.remarks = {
      ...this.remarks,
      key: [
        ...(key === typed ? [] : [this.t('notice.keyCleaned')]),
        ...(odd ? [this.t('notice.keyLooksLike', { provider: looksLike.name })] : []),
      ],
    };
    this.keyInput.value = key;
  };

  private clearRemarks(name: FieldName): void {
    const { [name]: _error, ...errors } = this.errors;
    const { [name]: _remark, ...remarks } = this.remarks;
    this.errors = errors;
    this.remarks = remarks;
  }
}

const textOf = (event: Event): string => (event.target as HTMLInputElement).value;
const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');

defineOnce('ftl-connect-step', ConnectStep);
