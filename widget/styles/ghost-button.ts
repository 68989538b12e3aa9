import { css } from 'lit';

/** Small actions on an answer, and prompt numbers inside its text: there when wanted, quiet otherwise. */
export const ghostButton = css`
  .ghost {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    min-height: 1.75rem;
    padding: 0 0.5rem;
    border: 1px solid transparent;
    border-radius: var(--_radius-small);
    background: none;
    color: var(--_muted);
    font: 500 0.8125em / 1.25 var(--_font);
    cursor: pointer;
  }
  .ghost:hover {
    background: var(--_surface);
    color: var(--_text);
  }
  .ref {
    min-width: 1.5rem;
    min-height: 1.5rem;
    padding: 0 0.3em;
    border: 1px solid transparent;
    border-radius: 0.375em;
    background: var(--_accent-soft);
    color: var(--_accent);
    font: 550 0.9em / 1.5 var(--_font);
    cursor: pointer;
  }
  .ref:hover {
    color: var(--_accent-strong);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  @media print {
    .ghost {
      display: none;
    }
  }
`;
