import { type Looks, PROPERTIES } from './looks.js';

/** The functions of colours and lengths. None of them loads anything, and none depends on what is around it. */
const FUNCTIONS = new Set(
  'rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark calc min max clamp'.split(' '),
);
const MAX_VALUE = 500;

/** Gives a frame's document, and the element in it, the page's looks; what is no value of its kind is left out. */
export function applyLooks(element: HTMLElement, { rootFontSize, windowHeight, minHeight, properties }: Looks): void {
  element.ownerDocument.documentElement.style.fontSize = `${rootFontSize}px`;
  element.style.setProperty('--_window-height', `${windowHeight}px`);
  element.style.setProperty('--ftl-min-height', `${minHeight}px`);
  for (const [name, property] of Object.entries(PROPERTIES)) {
    const value = properties[name] ?? '';
    if (isHarmless(property, value)) element.style.setProperty(name, value);
    else element.style.removeProperty(name);
  }
}

function isHarmless(property: string, value: string): boolean {
  const functions = value.matchAll(/([\w-]*)\(/g);
  return (
    value.length <= MAX_VALUE &&
    !/[\\;{}@]/.test(value) &&
    [...functions].every(([, name]) => name === '' || FUNCTIONS.has(name!.toLowerCase())) &&
    CSS.supports(property, value)
  );
}
