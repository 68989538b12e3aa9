import { css } from 'lit';

export const composerStyles = css`
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 0.25rem 0.75rem;
    padding: 0.5rem;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    background: var(--_field);
    cursor: text;
  }
  form:focus-within {
    border-color: var(--_focus);
    outline: 2px solid var(--_focus);
    outline-offset: -1px;
  }
  textarea {
    grid-column: 1 / -1;
    width: 100%;
    min-height: 2.5rem;
    max-height: 12rem;
    padding: 0.375rem 0.5rem;
    border: 0;
    background: none;
    color: var(--_text);
    font: max(16px, 1em) / 1.5 var(--_font);
    resize: none;
    unicode-bidi: plaintext;
  }
  textarea:focus-visible {
    outline: none;
  }
  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .hint {
    padding-inline-start: 0.5rem;
    color: var(--_muted);
    font-size: 0.75em;
    line-height: 1.4;
  }
  .send {
    min-height: 2.5rem;
    padding: 0.25rem 0.875rem;
  }
  @container (max-width: 30rem) {
    .send svg {
      display: none;
    }
  }
`;
