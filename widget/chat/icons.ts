import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const icon = (shape: SVGTemplateResult): TemplateResult => html`<svg
  width="16"
  height="16"
  viewBox="0 0 20 20"
  fill="none"
  stroke="currentColor"
  stroke-width="1.75"
  stroke-linecap="round"
  stroke-linejoin="round"
  aria-hidden="true"
>${shape}</svg>`;

/** Decorative: each stands beside, or inside a button that has, a text that says the same. */
export const icons = {
  atlas: () => icon(svg`<path d="M10 3v14M3 10h14M5.5 5.5l9 9M14.5 5.5l-9 9" />`),
  send: () => icon(svg`<path d="M10 16V4M4.5 9.5 10 4l5.5 5.5" />`),
  stop: () => icon(svg`<rect x="5.5" y="5.5" width="9" height="9" rx="1.5" fill="currentColor" />`),
  down: () => icon(svg`<path d="M10 4v12M4.5 10.5 10 16l5.5-5.5" />`),
  copy: () =>
    icon(
      svg`<rect x="7" y="7" width="9.5" height="9.5" rx="2" /><path d="M13 4.5A1.5 1.5 0 0 0 11.5 3H5a2 2 0 0 0-2 2v6.5A1.5 1.5 0 0 0 4.5 13" />`,
    ),
  check: () => icon(svg`<path d="m4 10.5 4 4 8-9" />`),
  edit: () => icon(svg`<path d="m12.5 4.5 3 3L7 16H4v-3zM11 6l3 3" />`),
  again: () => icon(svg`<path d="M16 5v4h-4M15.6 9A6 6 0 1 0 16 11.5" />`),
  cross: () => icon(svg`<path d="m6 6 8 8M14 6l-8 8" />`),
};
