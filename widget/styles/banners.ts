import { css } from 'lit';

export const banners = css`
  /* No box of its own: what sticks does so as far as the element reaches. */
  :host {
    display: contents;
  }
  .notice {
    margin: clamp(1rem, 3cqi, 1.25rem) clamp(1.125rem, 5cqi, 2.5rem) 0;
  }
  .link {
    position: sticky;
    inset-block-start: var(--_seen-from, 0);
    z-index: 1;
  }
  .button {
    justify-self: start;
  }
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-block: 0.25rem;
  }
  ftl-download-button {
    font-size: 0.8125em;
  }
`;
