import { type CSSResultGroup, css } from 'lit';
import { core } from './core.js';

const parts = css`
  code,
  .mono {
    font: 0.9em / 1.5 var(--_font-mono);
    overflow-wrap: anywhere;
  }
  .subheading {
    margin: 0;
    font-size: 1em;
    font-weight: 600;
    line-height: 1.4;
  }
  .clamp {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: break-word;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  dt {
    color: var(--_muted);
    font-size: 0.875em;
  }
  .figures {
    display: grid;
    gap: 0.75rem 1rem;
  }
  /* Where a name takes two lines, its figure stays in line with the others. */
  .figures > div {
    display: grid;
    align-content: space-between;
  }
  .figures dd {
    font-size: 1.25em;
    font-weight: 600;
    letter-spacing: -0.01em;
  }
  /* The marks of the interface's language would stand the wrong way round. */
  :host(:dir(rtl)) q:dir(ltr) {
    quotes: '“' '”';
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 1.5);
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--_muted);
  }
  .button.quiet:hover {
    background: var(--_surface);
    color: var(--_text);
  }
  .button.danger {
    color: var(--_danger);
  }
  .button.danger:hover {
    border-color: var(--_danger);
    background: var(--_danger-soft);
  }
  .button.small {
    min-height: 2.25rem;
    padding: 0.25rem 0.75rem;
    font-size: 0.875em;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 0.75);
    padding-block-start: calc(var(--_space) * 1.25);
    border-block-start: 1px solid var(--_border);
  }
  .actions .push {
    margin-inline-start: auto;
  }
  /* Its text, not its unseen edge, is in line with what is above. */
  .actions > .quiet:first-child {
    margin-inline-start: -1.125rem;
  }
  @container (max-width: 26rem) {
    .actions > .button:not(.quiet) {
      flex: auto;
    }
  }
  .notice {
    --_tone: var(--_muted);
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.125rem 0.75rem;
    padding: calc(var(--_space) * 0.875) var(--_space);
    border: 1px solid color-mix(in srgb, var(--_tone) 30%, transparent);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    overflow-wrap: anywhere;
  }
  .notice > svg {
    margin-block-start: 0.2em;
    color: var(--_tone);
  }
  .notice > div {
    display: grid;
    gap: 0.375rem;
    min-width: 0;
  }
  .notice strong {
    font-weight: 600;
  }
  .notice .button {
    margin-block: 0.25rem;
  }
  .notice.success {
    --_tone: var(--_success);
    background: var(--_success-soft);
  }
  .notice.warning {
    --_tone: var(--_warning);
    background: var(--_warning-soft);
  }
  .notice.danger {
    --_tone: var(--_danger);
    background: var(--_danger-soft);
  }
  .offer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem 1.5rem;
    padding: 1rem;
    border-radius: var(--_radius-small);
    background: var(--_accent-soft);
  }
  /* Its button fills a line of its own, and beside the text is as wide as its label. */
  .offer p {
    flex: 999 1 16rem;
  }
  .offer .button {
    flex: auto;
  }
  .offer strong {
    display: block;
    font-weight: 600;
  }

  details > summary {
    width: fit-content;
    color: var(--_accent);
    font-size: 0.9375em;
    font-weight: 550;
    cursor: pointer;
  }
  details > summary:hover {
    color: var(--_accent-strong);
  }
  /* There, its edge is seen. */
  @media (forced-colors: active) {
    .actions > .quiet:first-child {
      margin: 0;
    }
  }
  @media print {
    .clamp {
      display: block;
    }
    .button,
    .actions {
      display: none;
    }
  }
`;

/** What every step shares: the core, quieter buttons, the row of actions that ends a step, notices and disclosures. */
export const base: CSSResultGroup = [core, parts];
