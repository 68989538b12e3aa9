import { css } from 'lit';

export const rowDialogStyles = css`
  dialog {
    width: min(44rem, calc(100vw - 2rem));
    max-height: min(48rem, calc(var(--_window-height, 100dvh) - 2rem));
    padding: 0 calc(var(--_space) * 1.25) calc(var(--_space) * 1.25);
    overflow-y: auto;
  }
  .head {
    position: sticky;
    inset-block-start: 0;
    display: flex;
    align-items: start;
    gap: 0.5rem;
    padding-block: calc(var(--_space) * 1.125) 0.75rem;
    background: var(--_background);
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.375rem 0.5rem;
    min-height: 2.25rem;
  }
  .close {
    min-width: 2.25rem;
    min-height: 2.25rem;
    justify-content: center;
    margin-inline: auto -0.5rem;
    flex: none;
  }
  .badge {
    padding: 0.125rem 0.5rem;
    border: 1px solid var(--_border);
    border-radius: 999px;
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 550;
  }
  .badge.ok {
    border-color: transparent;
    background: var(--_success-soft);
    color: var(--_success);
  }
  .badge.error,
  .badge.timeout {
    border-color: transparent;
    background: var(--_danger-soft);
    color: var(--_danger);
  }
  .problem {
    margin-block-end: 0.75rem;
    padding: 0.625rem 0.875rem;
    border-radius: var(--_radius-small);
    background: var(--_danger-soft);
    color: var(--_danger);
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }
  .problem .mono {
    margin-block-start: 0.25rem;
    color: var(--_text);
  }
  section {
    margin-block-end: var(--_space);
  }
  .section-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 2rem;
  }
  ftl-copy-button {
    margin-inline-end: -0.5rem;
  }
  .label {
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 600;
  }
  .text {
    max-height: 20rem;
    padding: 0.75rem 0.875rem;
    overflow: auto;
    border-radius: var(--_radius-small);
    background: var(--_surface);
    font-size: 0.9375em;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .flags {
    margin-block: 0.375rem;
    font-size: 0.9375em;
  }
  .flags strong {
    font-weight: 550;
  }
  .facts {
    grid-template-columns: repeat(auto-fill, minmax(max(7rem, 20%), 1fr));
    padding-block-start: var(--_space);
    border-block-start: 1px solid var(--_border);
  }
  .facts dd {
    font-size: 1em;
    overflow-wrap: anywhere;
  }
`;
