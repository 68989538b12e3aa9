import { css } from 'lit';

export const connect = css`
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 1.25);
  }
  @container (min-width: 44rem) {
    .columns {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .columns > :nth-child(n + 5) {
      grid-column: 1 / -1;
    }
  }
  /* Room for the answer: what is below moves as the visitor asks, and not as the endpoint answers. */
  .test + :is(.info, .success:has(p)) {
    min-height: 7.5rem;
  }
  @container (max-width: 30rem) {
    .test + :is(.info, .success:has(p)) {
      min-height: 9rem;
    }
  }
  details .fields {
    margin-block-start: 0.75rem;
  }
  .privacy {
    max-width: 42rem;
    margin-block-start: 0.5rem;
  }
`;
