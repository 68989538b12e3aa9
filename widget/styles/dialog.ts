import { css } from 'lit';

export const dialog = css`
  dialog {
    width: min(26rem, calc(100vw - 2rem));
    padding: calc(var(--_space) * 1.5);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_background);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  dialog::backdrop {
    background: rgb(10 11 16 / 45%);
  }
  dialog .muted {
    margin-block-start: 0.375rem;
  }
  .dialog-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.75rem;
    margin-block-start: calc(var(--_space) * 1.25);
  }
`;
