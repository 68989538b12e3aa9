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
  .number {
    font-variant-numeric: tabular-nums;
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
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.125rem 0.75rem;
    padding: calc(var(--_space) * 0.875) var(--_space);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    overflow-wrap: anywhere;
  }
  .notice > svg {
    margin-block-start: 0.2em;
    color: var(--_muted);
  }
  .notice > div {
    display: grid;
    gap: 0.375rem;
    min-width: 0;
  }
  .notice strong {
    font-weight: 600;
  }
  .notice.success {
    border-color: color-mix(in srgb, var(--_success) 30%, transparent);
    background: var(--_success-soft);
  }
  .notice.success > svg {
    color: var(--_success);
  }
  .notice.warning {
    border-color: color-mix(in srgb, var(--_warning) 30%, transparent);
    background: var(--_warning-soft);
  }
  .notice.warning > svg {
    color: var(--_warning);
  }
  .notice.danger {
    border-color: color-mix(in srgb, var(--_danger) 30%, transparent);
    background: var(--_danger-soft);
  }
  .notice.danger > svg {
    color: var(--_danger);
  }
  .offer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem 1.5rem;
    padding: 1.125rem 1.25rem;
    border-radius: var(--_radius-small);
    background: var(--_accent-soft);
  }
  .offer p {
    flex: 1 1 16rem;
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
  @media print {
    .button,
    .actions {
      display: none;
    }
  }
`;

/** What every step shares: the core, quieter buttons, the row of actions that ends a step, notices and disclosures. */
export const base: CSSResultGroup = [core, parts];
