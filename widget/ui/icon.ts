import { html, type TemplateResult } from 'lit';

/** Draws an outline of 20 by 20, as large as text is. Decorative: the text beside an icon, or in the button that it fills, says the same. */
export const icon = (outline: string): TemplateResult => html`<svg
  width="1.125rem"
  height="1.125rem"
  viewBox="0 0 20 20"
  fill="none"
  stroke="currentColor"
  stroke-width="1.75"
  stroke-linecap="round"
  stroke-linejoin="round"
  aria-hidden="true"
><path d=${outline} /></svg>`;

/** Those of the welcome; the others are in icons.ts, which the first load does without. */
export const ALERT = 'M10 3 2.5 16.5h15zM10 8.5v3.25M10 14.25v.01';
export const CLOCK = 'M2.75 10a7.25 7.25 0 1 0 14.5 0 7.25 7.25 0 1 0-14.5 0M10 6v4.25l2.75 1.75';
export const LOCK =
  'M6 9h8a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2M6.75 9V6.25a3.25 3.25 0 0 1 6.5 0V9';
export const PLANE = 'm17 3-6.5 14-2.25-5.75L2.5 9zM8.25 11.25l3.5-3.5';
