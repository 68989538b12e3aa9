import { css } from 'lit';

export const goodbye = css`
  .receipt {
    padding: 1rem 1.125rem;
    border: 1px dashed var(--_border-strong);
    border-radius: var(--_radius-small);
  }
  .receipt dl {
    display: grid;
    gap: 0.25rem;
    margin-block: 0.75rem;
  }
  .receipt dl > div {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 1rem;
  }
  .receipt dd {
    margin-inline-start: auto;
  }
  .proof {
    display: flex;
    gap: 0.5rem;
    padding-block-start: 0.75rem;
    border-block-start: 1px dashed var(--_border);
  }
  .proof.refused svg {
    color: var(--_success);
  }
`;
