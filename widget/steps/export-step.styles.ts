import { css } from 'lit';

export const exportStyles = css`
  :host {
    container-type: inline-size;
  }
  li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0.5rem 1rem;
    padding-block: 0.875rem;
  }
  li + li {
    border-block-start: 1px solid var(--_border);
  }
  .type {
    display: grid;
    place-items: center;
    width: 3rem;
    height: 3rem;
    border-radius: var(--_radius-small);
    background: var(--_accent-soft);
    color: var(--_accent);
    font: 650 0.75em / 1 var(--_font);
    text-transform: uppercase;
    letter-spacing: 0.04em;
  }
  ftl-download-button {
    width: 15rem;
  }
  @container (max-width: 34rem) {
    li {
      grid-template-columns: auto minmax(0, 1fr);
    }
    ftl-download-button {
      grid-column: 1 / -1;
      width: 100%;
    }
  }
`;
