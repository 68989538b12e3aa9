import { en } from '../i18n/en.js';
import { createTranslate } from '../i18n/translate.js';
import { tokens } from '../styles/tokens.js';

/** A stand-in for the demo's own element: gives the parts inside it the tokens and the background they are made for. */
class Themed extends HTMLElement {
  /** As Lit's elements have it: fixtures need not wait for a frame. */
  readonly updateComplete = Promise.resolve();

  connectedCallback(): void {
    const background = new CSSStyleSheet();
    background.replaceSync(':host { display: block; background: var(--_background); }');
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [tokens.styleSheet!, background];
    root.replaceChildren(document.createElement('slot'));
  }
}
if (!customElements.get('test-themed')) customElements.define('test-themed', Themed);

export const english = createTranslate('en', en);
