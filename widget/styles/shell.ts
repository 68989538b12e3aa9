import { css } from 'lit';

/** The frame around the steps, the progress through them, and the welcome. Widths are the element's, not the window's. */
export const shell = css`
  /*
   * A container has no width of its content's, which flex, floats and dialogs go by. That of its column they know. Where
   * there is less room than the column's least, it sticks out unseen.
   */
  :host {
    display: grid;
    grid-template-columns: minmax(min(16rem, 60vw), var(--_max-width));
    container-type: inline-size;
    max-width: var(--_max-width);
    margin-inline: auto;
  }
  .frame {
    display: flex;
    flex-direction: column;
    /* A page that reverts all makes the element no container any more. */
    container-type: inline-size;
    width: 100cqi;
    max-width: 100%;
    min-height: var(--_min-height);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_background);
    box-shadow: var(--_shadow);
  }
  .content {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    padding: clamp(1.125rem, 5cqi, 2.5rem);
  }
  .skeleton {
    max-width: 28rem;
    height: 11rem;
    background: repeating-linear-gradient(var(--_border) 0 1rem, transparent 0 2rem);
  }

  .progress {
    padding: clamp(1rem, 3cqi, 1.25rem) clamp(1.125rem, 5cqi, 2.5rem) 0;
  }
  .progress ol {
    display: grid;
    grid-template-columns: repeat(6, minmax(0, 1fr));
    gap: 0.375rem;
  }
  .progress li {
    padding-block-start: 0.5rem;
    border-block-start: 3px solid var(--_border);
    color: var(--_muted);
    font-size: 0.8125em;
    line-height: 1.4;
    transition: border-color 0.3s;
  }
  .progress li.done {
    border-color: color-mix(in srgb, var(--_accent) 45%, var(--_border));
  }
  .progress li[aria-current] {
    border-color: var(--_accent);
    color: var(--_text);
    font-weight: 600;
  }
  @container (max-width: 36rem) {
    .progress ol {
      position: relative;
      padding-block-end: 1.125rem;
    }
    .progress .name {
      display: none;
    }
    .progress [aria-current] .name {
      display: block;
      position: absolute;
      inset-inline-start: 0;
    }
  }

  .welcome {
    display: grid;
    gap: clamp(1.5rem, 4cqi, 2.25rem);
    align-content: center;
  }
  .welcome .heading {
    max-width: 22em;
    font-size: clamp(1.5rem, 5cqi, 2.25rem);
    line-height: 1.15;
    letter-spacing: -0.026em;
  }
  .welcome .lead {
    margin-block-start: 0.75rem;
    font-size: 1.0625em;
  }
  .facts {
    display: grid;
    gap: 1.25rem 2rem;
  }
  .facts li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.75rem;
    align-content: start;
    align-items: start;
    font-size: 0.9375em;
  }
  @container (min-width: 38rem) {
    .facts {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .facts li {
      grid-template-columns: minmax(0, 1fr);
      justify-items: start;
    }
  }
  .facts svg {
    box-sizing: content-box;
    padding: 0.5rem;
    border-radius: var(--_radius-small);
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .facts strong {
    display: block;
    font-weight: 600;
  }
  .start {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75rem;
  }
  .start p {
    flex: 0 0 100%;
    max-width: 42rem;
  }
  .button.large {
    min-height: 3rem;
    padding-inline: 1.5rem;
  }
  .welcome > .error:empty {
    display: none;
  }
  .error {
    display: flex;
    gap: 0.5rem;
    color: var(--_danger);
  }
  @container (max-width: 26rem) {
    .start .button {
      width: 100%;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .content > * {
      animation: appear 0.25s ease-out;
    }
    @keyframes appear {
      from {
        opacity: 0;
        translate: 0 0.375rem;
      }
    }
  }
  @media (forced-colors: active) {
    .progress li[aria-current] {
      border-color: Highlight;
    }
  }
  @media print {
    .frame {
      border: 0;
      box-shadow: none;
    }
    .progress,
    ftl-banners,
    ftl-session-bar {
      display: none;
    }
  }
`;
