import { css } from 'lit';

export const sessionBar = css`
  .notice {
    margin-block-start: var(--_space);
  }
  .leave {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.25rem;
    margin-block-start: calc(var(--_space) * 0.5);
    margin-inline-end: -0.75rem;
  }
  @media (forced-colors: active) {
    .leave {
      margin-inline-end: 0;
    }
  }
`;
