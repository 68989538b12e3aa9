import { css } from 'lit';

export const domain = css`
  .cards {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
  }
  @container (min-width: 34rem) {
    .cards {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  .card:has([value='own']) {
    grid-column: 1 / -1;
  }
  .card {
    position: relative;
    display: grid;
    align-content: start;
    gap: 0.25rem;
    padding: 1rem 1.125rem;
    padding-inline-end: 3rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_background);
    overflow-wrap: anywhere;
    cursor: pointer;
    transition:
      border-color 0.15s,
      background-color 0.15s;
  }
  .card:hover {
    border-color: var(--_border-strong);
  }
  .card:has(:checked) {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .card:has(:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .card input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .mark {
    position: absolute;
    inset-block-start: 1rem;
    inset-inline-end: 1rem;
    display: grid;
    place-items: center;
    width: 1.375rem;
    height: 1.375rem;
    border: 1.5px solid var(--_border-strong);
    border-radius: 50%;
  }
  .mark svg {
    width: 0.875rem;
    height: 0.875rem;
    stroke-width: 2.5;
  }
  .card:has(:checked) .mark {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .card:not(:has(:checked)) .mark svg {
    visibility: hidden;
  }
  .name {
    font-weight: 600;
  }
  .detail {
    color: var(--_muted);
    font-size: 0.875em;
    line-height: 1.5;
  }
  .facts {
    display: block;
    margin-block-start: 0.375rem;
  }
  .samples {
    display: grid;
    gap: 0.5rem;
    margin-block-start: 0.75rem;
  }
  .samples li {
    padding: 0.625rem 0.875rem;
    border-radius: var(--_radius-small);
    background: var(--_surface);
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }
  .category {
    display: block;
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  @media (forced-colors: active) {
    .card:has(:checked) {
      border: 2px solid Highlight;
    }
    .card:has(:checked) .mark {
      color: Highlight;
    }
  }
`;
