import { css } from 'lit';

export const conversationStyles = css`
  /* Room for the edges of what is in line with the text: rings of focus, and buttons under the pointer. */
  :host {
    margin-inline: -0.5rem;
    padding-inline: 0.5rem;
  }
  .view {
    position: relative;
    margin-inline: -0.5rem;
  }
  /* What scrolls out of sight fades. */
  .view::before,
  .view::after {
    content: '';
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0.125rem;
    z-index: 1;
    height: 0.75rem;
    background: linear-gradient(var(--_background), transparent);
    pointer-events: none;
  }
  .view::after {
    inset-block: auto 0;
    rotate: 180deg;
  }
  /* Its dialog is no row of the page. */
  ftl-row-dialog {
    display: contents;
  }
  .conversation {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    container-type: inline-size;
  }
  .log {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 1.75rem;
    max-height: clamp(20rem, 0.64 * var(--_window-height, 100vh), 44rem);
    padding: 0.75rem 0.5rem;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .turn {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
  }
  .question {
    display: grid;
    justify-items: end;
    gap: 0.125rem;
  }
  /* Transparent borders are what forced colours draw where backgrounds are gone. */
  .bubble {
    border: 1px solid transparent;
    max-width: min(85%, 36rem);
    padding: 0.625rem 1rem;
    border-radius: 1.125rem;
    border-end-end-radius: 0.25rem;
    background: var(--_accent-soft);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .question-actions,
  .answer-actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem;
  }
  .question-actions {
    margin-inline-end: -0.5rem;
  }
  .answer-actions {
    margin-inline-start: -0.5rem;
  }
  .answer {
    position: relative;
  }
  .mark {
    display: none;
  }
  @container (min-width: 40rem) {
    .answer {
      padding-inline-start: 2.75rem;
    }
    .mark {
      position: absolute;
      inset-block-start: -0.125rem;
      inset-inline-start: 0;
      display: grid;
      place-items: center;
      width: 1.75rem;
      height: 1.75rem;
      border-radius: 50%;
      background: var(--_accent);
      color: var(--_on-accent);
    }
  }
  .answer,
  .part {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
  }
  ftl-download-button {
    justify-self: start;
    min-width: 12rem;
  }
  .prose {
    justify-self: start;
    max-width: 44rem;
    overflow-wrap: anywhere;
  }
  .prose > * + * {
    margin-block-start: 0.625rem;
  }
  .prose ul,
  .prose ol {
    padding-inline-start: 1.25rem;
    list-style: disc;
  }
  .prose ol {
    list-style: decimal;
  }
  .prose code {
    padding: 0.1em 0.3em;
    border-radius: 0.3em;
    background: var(--_surface);
  }
  .chips,
  .readings,
  .suggestions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
  }
  .chip,
  .badge {
    display: inline-flex;
    border: 1px solid transparent;
    align-items: center;
    min-height: 1.5rem;
    padding-inline: 0.5rem;
    border-radius: 0.5rem;
    background: var(--_surface);
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .chip.inherited {
    padding-inline-end: 0;
  }
  .chip button {
    display: grid;
    place-items: center;
    width: 1.5rem;
    height: 1.5rem;
    padding: 0.25rem;
    border: 0;
    border-radius: 0.5rem;
    background: none;
    color: inherit;
    cursor: pointer;
  }
  .chip button:hover {
    background: var(--_border);
    color: var(--_text);
  }
  .references {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.375rem;
  }
  .figures {
    grid-template-columns: repeat(auto-fill, minmax(max(7rem, 22%), 1fr));
    padding-block: 0.25rem;
  }
  .readings {
    flex-direction: column;
    align-items: start;
  }
  .reading,
  .suggestion {
    min-height: 2.25rem;
    padding: 0.375rem 0.875rem;
    border: 1px solid var(--_border);
    border-radius: 1.125rem;
    background: var(--_background);
    color: var(--_text);
    font: 500 0.875em / 1.4 var(--_font);
    text-align: start;
    cursor: pointer;
  }
  .reading:hover,
  .suggestion:hover {
    border-color: var(--_border-strong);
    background: var(--_surface);
  }
  .unsupported .prose,
  .clarify .prose {
    color: var(--_muted);
  }
  .jump {
    position: absolute;
    inset-block-end: 0.75rem;
    inset-inline: 0;
    width: fit-content;
    margin-inline: auto;
    border-radius: 999px;
    background: var(--_background);
    box-shadow: var(--_shadow);
  }
  .thinking {
    display: flex;
    gap: 0.25rem;
    padding-block: 0.5rem;
  }
  .thinking i {
    width: 0.4375rem;
    height: 0.4375rem;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_muted);
    animation: think 1.2s ease-in-out infinite;
  }
  .thinking i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .thinking i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes think {
    50% {
      opacity: 0.25;
    }
  }
  @container (max-width: 30rem) {
    .suggestions {
      flex-wrap: nowrap;
      overflow-x: auto;
      scrollbar-width: none;
    }
    .suggestion {
      white-space: nowrap;
    }
  }
  @media print {
    .log {
      max-height: none;
      overflow: visible;
    }
    .suggestions,
    .jump,
    .question-actions,
    ftl-composer {
      display: none;
    }
  }
`;
