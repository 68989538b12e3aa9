import { css } from 'lit';

export const connect = css`
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 1.25);
  }
  .sample {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem 1.5rem;
    max-width: 42rem;
    padding: 1rem 1.125rem;
    border-radius: var(--_radius-small);
    background: var(--_accent-soft);
  }
  .sample p {
    flex: 1 1 16rem;
  }
  .sample strong {
    display: block;
    font-weight: 600;
  }
  .sample .muted {
    font-size: 0.9375em;
  }
  .test {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1rem;
  }
  .notice {
    max-width: 42rem;
  }
  details .fields {
    margin-block-start: 0.75rem;
  }
  .privacy {
    max-width: 42rem;
    margin-block-start: 0.5rem;
  }
`;
