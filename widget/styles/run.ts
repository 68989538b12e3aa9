import { css } from 'lit';

export const run = css`
  .plan > div {
    display: grid;
    align-items: baseline;
    gap: 0 1rem;
    padding-block: 0.75rem;
  }
  @container (min-width: 30rem) {
    .plan > div {
      grid-template-columns: minmax(6rem, 1fr) minmax(0, 3fr);
    }
  }
  .plan > div + div {
    border-block-start: 1px solid var(--_border);
  }
  .plan dd {
    overflow-wrap: anywhere;
  }
  dd[dir='ltr'] {
    justify-self: start;
  }

  .bar {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 1rem;
    align-items: center;
  }
  progress {
    width: 100%;
    height: 0.5rem;
    border: 0;
    border-radius: 1rem;
    overflow: hidden;
    background: var(--_border);
    accent-color: var(--_accent);
    appearance: none;
  }
  progress::-webkit-progress-bar {
    background: var(--_border);
  }
  progress::-webkit-progress-value {
    border-radius: 1rem;
    background: var(--_accent);
  }
  @media (prefers-reduced-motion: no-preference) {
    progress::-webkit-progress-value {
      transition: inline-size 0.3s;
    }
  }
  progress::-moz-progress-bar {
    border-radius: 1rem;
    background: var(--_accent);
  }
  @media (forced-colors: active) {
    progress {
      border: 1px solid;
    }
    progress::-webkit-progress-value {
      background: Highlight;
    }
    progress::-moz-progress-bar {
      background: Highlight;
    }
  }
  .figures {
    grid-template-columns: repeat(auto-fit, minmax(5.75rem, 1fr));
  }
  .figures .bad {
    color: var(--_danger);
  }

  .results header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
    margin-block-end: 0.5rem;
  }
  .filter {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 1.5rem;
    font-size: 0.875em;
    cursor: pointer;
  }
  .filter input {
    width: 1rem;
    height: 1rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .results ol {
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    overflow: clip;
  }
  .results ol:not(:has(li)) {
    display: none;
  }
  .results li + li {
    border-block-start: 1px solid var(--_border);
  }
  .results summary,
  .results li.open {
    display: grid;
    grid-template-columns: 1.5rem 1.25rem minmax(0, 1fr) auto;
    gap: 0.25rem 0.75rem;
    align-items: center;
    width: auto;
    min-height: 2.75rem;
    padding: 0.5rem 1rem;
    color: var(--_text);
    font-size: 0.9375em;
    font-weight: 400;
    list-style: none;
  }
  .results li.open {
    color: var(--_muted);
  }
  .results summary::-webkit-details-marker {
    display: none;
  }
  .results summary:hover {
    background: var(--_surface);
    color: var(--_text);
  }
  .results summary:focus-visible {
    outline-offset: -2px;
  }
  .ordinal {
    color: var(--_muted);
    text-align: end;
  }
  .status {
    display: grid;
    place-items: center;
    color: var(--_muted);
  }
  .status.ok {
    color: var(--_success);
  }
  .status.error,
  .status.timeout {
    color: var(--_danger);
  }
  .measures {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
    font-size: 0.875rem;
    white-space: nowrap;
  }
  @container (max-width: 40rem) {
    .measures {
      grid-column: 3 / -1;
    }
  }
  @container (min-width: 40rem) {
    .clamp {
      -webkit-line-clamp: 1;
    }
    .measures > :last-child {
      min-width: 3.75rem;
      text-align: end;
    }
  }
  .texts {
    display: grid;
    gap: 0.5rem;
    padding: 0.5rem 1rem 1rem;
    padding-inline-start: 5.25rem;
  }
  .texts .subheading {
    margin-block-start: 0.25rem;
    color: var(--_muted);
  }
  @container (max-width: 40rem) {
    .texts {
      padding-inline-start: 1rem;
    }
  }
  .text {
    padding: 0.75rem 0.875rem;
    border-radius: var(--_radius-small);
    background: var(--_surface);
    font-size: 0.9375em;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  @media print {
    .filter {
      display: none;
    }
    .results details::details-content {
      content-visibility: visible;
      block-size: auto;
    }
  }
`;
