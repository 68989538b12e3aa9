import { css } from 'lit';

/** Fields. Text is at least 16 px, or iOS zooms the page on focus. */
export const forms = css`
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 0.375rem;
  }
  .label {
    font-size: 0.9375em;
    font-weight: 600;
  }
  .hint {
    color: var(--_muted);
    font-size: 0.875em;
    line-height: 1.5;
  }
  .hint.warning {
    color: var(--_warning);
  }
  .in-place {
    display: grid;
    color: var(--_muted);
  }
  .in-place > * {
    grid-area: 1 / 1;
  }
  .in-place > :first-child {
    visibility: hidden;
  }
  .error {
    display: flex;
    gap: 0.375rem;
    color: var(--_danger);
    font-size: 0.875em;
    line-height: 1.5;
  }
  .error svg {
    margin-block-start: 0.2em;
  }
  .input {
    width: 100%;
    min-height: 2.75rem;
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-small);
    background: var(--_field);
    color: var(--_text);
    font: max(16px, 1em) / 1.5 var(--_font);
    text-align: start;
    text-overflow: ellipsis;
  }
  .input::placeholder {
    color: var(--_muted);
    opacity: 0.85;
  }
  .input:focus-visible {
    border-color: var(--_focus);
    outline-offset: 0;
  }
  .input[aria-invalid='true'] {
    border-color: var(--_danger);
    outline-color: var(--_danger);
  }
  .input.mono {
    font-family: var(--_font-mono);
    font-size: max(16px, 0.9375em);
  }
  textarea.input {
    min-height: 6rem;
    resize: vertical;
  }
  .with-button {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  .with-button .input {
    flex: 1 1 9rem;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
    gap: var(--_space);
  }
`;
