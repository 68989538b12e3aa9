import { css } from 'lit';

export const tableStyles = css`
  .scroll {
    overflow-x: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
  }
  .scroll:focus-visible,
  thead button:focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.875rem;
  }
  th,
  td {
    padding: 0.5rem 0.75rem;
    text-align: start;
    vertical-align: top;
    font-weight: 400;
    max-width: 24rem;
    overflow-wrap: break-word;
  }
  tbody tr {
    border-block-start: 1px solid var(--_border);
    background: var(--_background);
  }
  tbody tr:hover {
    background: var(--_surface);
  }
  .long {
    min-width: 11rem;
  }
  /* What a row is about stays in sight. */
  tr > :first-child {
    position: sticky;
    inset-inline-start: 0;
    background: inherit;
  }
  thead tr {
    background: var(--_surface);
  }
  thead > tr > * {
    padding: 0;
    white-space: nowrap;
  }
  .number {
    text-align: end;
    white-space: nowrap;
  }
  thead button {
    all: unset;
    box-sizing: border-box;
    width: 100%;
    padding: 0.5rem 0.75rem;
    border-block-end: 1px solid transparent;
    font-size: 0.8125rem;
    font-weight: 600;
    color: var(--_muted);
    cursor: pointer;
  }
  thead button:hover,
  [aria-sort] button {
    color: var(--_text);
  }
  thead .number button {
    display: flex;
    flex-direction: row-reverse;
    gap: 0.25rem;
  }
  thead td {
    width: 9rem;
  }
  .arrow::before {
    content: '↑';
    margin-inline-start: 0.25rem;
    visibility: hidden;
  }
  [aria-sort] .arrow::before {
    visibility: visible;
  }
  [aria-sort='descending'] .arrow::before {
    content: '↓';
  }
  @media print {
    .scroll {
      overflow: visible;
    }
  }
`;
