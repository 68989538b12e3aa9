import { html, nothing, type TemplateResult } from 'lit';

export interface Button {
  label: unknown;
  /** Classes of its looks, such as `primary` or `small`; `push` moves it to the end of its row. */
  look?: string;
  /** At work: says so, and takes no other press. */
  busy?: boolean;
  /** Submits its form where there is none. */
  onClick?: (event: Event) => unknown;
}

export function button({ label, look = '', busy = false, onClick }: Button): TemplateResult {
  return html`<button
    class="button ${look}"
    part=${look.startsWith('primary') ? 'button primary-button' : 'button'}
    type=${onClick ? 'button' : 'submit'}
    aria-busy=${busy}
    aria-disabled=${busy}
    @click=${onClick && !busy ? onClick : nothing}
  >
    ${busy ? html`<span class="spinner"></span>` : nothing}${label}
  </button>`;
}
