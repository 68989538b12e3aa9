import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Translate } from '../i18n/translate.js';
import type { State } from '../state.js';
import { banners } from '../styles/banners.js';
import { base } from '../styles/base.js';
import type { Visit } from '../visit.js';
import { button } from './button.js';
import { defineOnce } from './define.js';
import { notice } from './notice.js';
import { reactive } from './reactive.js';
import { Ticker } from './ticker.js';

/** What concerns the whole visit: a lost connection, and the session's end. */
class Banners extends LitElement {
  static override styles = [base, banners];
  static override properties = reactive('visit', 'state', 't');

  visit!: Visit;
  state!: State;
  t!: Translate;

  constructor() {
    super();
    new Ticker(this, () => this.state.link.status === 'reconnecting');
  }

  protected override render(): TemplateResult {
    return html`<div role="status">${this.#renderLink()}${this.#renderSession()}</div>`;
  }

  #renderLink(): TemplateResult | typeof nothing {
    const { t, visit } = this;
    const { link } = this.state;
    if (link.status === 'offline') return notice('warning', t('link.offline'), html`<p>${t('link.offlineDetail')}</p>`);
    const again = button({ label: t('link.reconnectNow'), look: 'small', onClick: () => visit.reconnect() });
    if (link.status === 'crowded') return notice('warning', t('error.too_many_connections'), again);
    if (link.status !== 'reconnecting') return nothing;
    const seconds = Math.max(0, Math.ceil((link.retryAt - Date.now()) / 1_000));
    return notice(
      'warning',
      t('link.reconnecting'),
      html`<p aria-live="off">${t('link.reconnectingIn', { count: seconds })}</p>
        ${again}`,
    );
  }

  #renderSession(): TemplateResult | typeof nothing {
    const { t, visit } = this;
    const { ended, expiring, session, step } = this.state;
    if (ended) {
      return notice(
        'info',
        t('session.ended'),
        html`<p>${t(ended === 'cleanup' ? 'session.endedByYou' : 'session.endedDetail')}</p>
          ${button({ label: t('session.startAgain'), look: 'small', onClick: () => visit.startOver() })}`,
      );
    }
    if (!expiring || !session) return nothing;
    const save = button({ label: t('session.save'), look: 'small', onClick: () => visit.move('goodbye') });
    return notice(
      'warning',
      t('session.expiring', { time: t.time(session.expiresAt) }),
      html`<p>${t('session.expiringDetail')}</p>
        ${this.state.run && step !== 'goodbye' ? save : nothing}`,
    );
  }
}

defineOnce('ftl-banners', Banners);
