import { css } from 'lit';

/** What the first load needs of what every part shares: reset, type, headings, buttons. */
export const core = css`
  :host,
  .frame {
    display: block;
    box-sizing: border-box;
    color: var(--_text);
    font: var(--_font-size) / 1.55 var(--_font);
    font-variant-numeric: tabular-nums;
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
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
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
  .button[aria-disabled='true'] {
    cursor: progress;
  }
  .button[aria-disabled='true']:not(.primary) {
    color: var(--_muted);
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
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .button.primary {
      border-color: ButtonText;
    }
  }
`;
