import { css } from 'lit';

/** What every part shares: reset, type, headings, notices, buttons and the row of actions that ends a step. */
export const base = css`
  :host {
    display: block;
    box-sizing: border-box;
    color: var(--_text);
    font: var(--_font-size) / 1.55 var(--_font);
    text-align: start;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  a {
    color: var(--_accent);
    text-underline-offset: 0.2em;
    text-decoration-thickness: 1px;
  }
  a:hover {
    color: var(--_accent-strong);
  }
  code,
  .mono {
    font: 0.9em / 1.5 var(--_font-mono);
    overflow-wrap: anywhere;
  }
  svg {
    display: block;
    flex: none;
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .heading {
    margin: 0;
    font-size: 1.5em;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.018em;
    text-wrap: balance;
  }
  .heading:focus {
    outline: none;
  }
  .subheading {
    margin: 0;
    font-size: 1em;
    font-weight: 600;
    line-height: 1.4;
  }
  .lead {
    max-width: 42rem;
    margin-block-start: calc(var(--_space) * 0.375);
    color: var(--_muted);
    text-wrap: pretty;
  }
  .muted {
    color: var(--_muted);
  }
  .small {
    font-size: 0.875em;
    line-height: 1.5;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 1.5);
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-height: 2.75rem;
    padding: 0.5rem 1.125rem;
    border: 1px solid color-mix(in srgb, var(--_border-strong) 40%, var(--_border));
    border-radius: var(--_radius-small);
    background: var(--_background);
    color: var(--_text);
    font: 550 1em / 1.25 var(--_font);
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    transition:
      background-color 0.15s,
      border-color 0.15s,
      color 0.15s;
  }
  .button:hover {
    border-color: var(--_border-strong);
    background: var(--_surface);
    color: var(--_text);
  }
  .button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.primary:hover {
    background: var(--_accent-strong);
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
  .button[aria-disabled='true'] {
    cursor: progress;
  }
  .button[aria-disabled='true']:not(.primary) {
    color: var(--_muted);
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
  .spinner {
    width: 1em;
    height: 1em;
    border: 2px solid currentColor;
    border-inline-end-color: transparent;
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation-duration: 4s !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .button.primary {
      border-color: ButtonText;
    }
  }
  @media print {
    .button,
    .actions {
      display: none;
    }
  }
`;
