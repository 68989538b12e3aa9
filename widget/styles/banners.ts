import { css } from 'lit';

export const banners = css`
  .banners:not(:empty) {
    display: grid;
    gap: 0.75rem;
    padding: clamp(1rem, 3cqi, 1.25rem) clamp(1.125rem, 5cqi, 2.5rem) 0;
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
