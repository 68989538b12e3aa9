import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Translate } from '../i18n/translate.js';
import type { State } from '../state.js';
import { banners } from '../styles/banners.js';
import { base } from '../styles/base.js';
import type { Visit } from '../visit.js';
import { defineOnce } from './define.js';
import { notice } from './notice.js';
import { Ticker } from './ticker.js';

/** What concerns the whole visit: a lost connection, and the session's end. */
class Banners extends LitElement {
  static override styles = [base, banners];

  @property({ attribute: false }) visit!: Visit;
  @property({ attribute: false }) state!: State;
  @property({ attribute: false }) t!: Translate;

  constructor() {
    super();
    new Ticker(this, () => this.state.link.status === 'reconnecting');
  }

  protected override render(): TemplateResult {
    return html`<div role="status">${this.renderLink()}${this.renderSession()}</div>`;
  }

  private renderLink(): TemplateResult | typeof nothing {
    const { t, visit } = this;
    const { link } = this.state;
    if (link.status === 'offline') return notice('warning', t('link.offline'), html`<p>${t('link.offlineDetail')}</p>`);
    if (link.status !== 'reconnecting') return nothing;
    const seconds = Math.max(0, Math.ceil((link.retryAt - Date.now()) / 1_000));
    return notice(
      'warning',
      t('link.reconnecting'),
      html`<p aria-live="off">${t('link.reconnectingIn', { count: seconds })}</p>
        <button class="button small" part="button" type="button" @click=${() => visit.reconnect()}>
          ${t('link.reconnectNow')}
        </button>`,
    );
  }

  private renderSession(): TemplateResult | typeof nothing {
    const { t, visit } = this;
    const { ended, expiring, session, step } = this.state;
    if (ended) {
      return notice(
        'info',
        t('session.ended'),
        html`<p>${t(ended === 'cleanup' ? 'session.endedByYou' : 'session.endedDetail')}</p>
          <button class="button small" part="button" type="button" @click=${() => visit.startOver()}>
            ${t('session.startAgain')}
          </button>`,
      );
    }
    if (!expiring || !session) return nothing;
    const save = html`<button class="button small" part="button" type="button" @click=${() => visit.move('goodbye')}>
      ${t('session.save')}
    </button>`;
    return notice(
      'warning',
      t('session.expiring', { time: t.time(session.expiresAt) }),
      html`<p>${t('session.expiringDetail')}</p>
        ${this.state.run && step !== 'goodbye' ? save : nothing}`,
    );
  }
}

defineOnce('ftl-banners', Banners);
