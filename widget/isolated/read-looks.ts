import { type Looks, PROPERTIES } from './looks.js';

/** Reads off the element how it should look. Its `.frame` has been rendered. */
export function readLooks(element: HTMLElement): Looks {
  const frame = element.shadowRoot!.querySelector<HTMLElement>('.frame')!;
  const borders = frame.offsetHeight - frame.clientHeight;
  return {
    rootFontSize: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
    windowHeight: innerHeight,
    minHeight: Math.max(0, (Number.parseFloat(getComputedStyle(frame).minHeight) || 0) - borders),
    properties: computedProperties(element, frame),
  };
}

/**
 * Custom properties are kept as written. A probe has them computed, so that `1.5rem`, `var(--brand)` or
 * `light-dark(…)` arrives as what it is on this page.
 */
function computedProperties(element: HTMLElement, place: HTMLElement): Record<string, string> {
  const given = getComputedStyle(element);
  const probe = document.createElement('div');
  probe.hidden = true;
  place.append(probe);
  const names = Object.keys(PROPERTIES).filter((name) => given.getPropertyValue(name).trim() !== '');
  const values = names.map((name) => {
    const property = PROPERTIES[name]!;
    probe.style.setProperty(property, `var(${name})`);
    const value = getComputedStyle(probe).getPropertyValue(property);
    probe.style.removeProperty(property);
    return [name, value] as const;
  });
  probe.remove();
  return Object.fromEntries(values);
}
