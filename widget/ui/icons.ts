import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const icon = (shape: SVGTemplateResult): TemplateResult => html`<svg
  width="18"
  height="18"
  viewBox="0 0 20 20"
  fill="none"
  stroke="currentColor"
  stroke-width="1.75"
  stroke-linecap="round"
  stroke-linejoin="round"
  aria-hidden="true"
>${shape}</svg>`;

/** Decorative: the text beside an icon says the same. */
export const icons = {
  check: () => icon(svg`<path d="m4 10.5 4 4 8-9" />`),
  cross: () => icon(svg`<path d="m5 5 10 10M15 5 5 15" />`),
  info: () => icon(svg`<circle cx="10" cy="10" r="7.25" /><path d="M10 9.25v4.25M10 6.5v.01" />`),
  alert: () => icon(svg`<path d="M10 3 2.5 16.5h15zM10 8.5v3.25M10 14.25v.01" />`),
  clock: () => icon(svg`<circle cx="10" cy="10" r="7.25" /><path d="M10 6v4.25l2.75 1.75" />`),
  lock: () =>
    icon(svg`<rect x="4" y="9" width="12" height="8" rx="2" /><path d="M6.75 9V6.25a3.25 3.25 0 0 1 6.5 0V9" />`),
  send: () => icon(svg`<path d="m17 3-6.5 14-2.25-5.75L2.5 9z" /><path d="m8.25 11.25 3.5-3.5" />`),
  dash: () => icon(svg`<path d="M5 10h10" />`),
};
