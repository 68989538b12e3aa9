/** How the page would have the element look, as far as that can be handed on: computed values, no rules. */
export interface Looks {
  /** Size of 1rem on the page, px. */
  rootFontSize: number;
  /** Height of the page's window, px: that of the frame's own follows its content. */
  windowHeight: number;
  /** Height that the frame fills at least, px. */
  minHeight: number;
  /** The `--ftl-*` properties that the page has set. */
  properties: Readonly<Record<string, string>>;
}

/** The custom properties that are handed on, each with the property that its value has to be one of. */
export const PROPERTIES: Readonly<Record<string, string>> = {
  '--ftl-font': 'font-family',
  '--ftl-font-mono': 'font-family',
  '--ftl-font-size': 'font-size',
  '--ftl-text': 'color',
  '--ftl-muted': 'color',
  '--ftl-background': 'color',
  '--ftl-surface': 'color',
  '--ftl-field': 'color',
  '--ftl-border': 'color',
  '--ftl-border-strong': 'color',
  '--ftl-accent': 'color',
  '--ftl-accent-strong': 'color',
  '--ftl-accent-soft': 'color',
  '--ftl-on-accent': 'color',
  '--ftl-success': 'color',
  '--ftl-success-soft': 'color',
  '--ftl-warning': 'color',
  '--ftl-warning-soft': 'color',
  '--ftl-danger': 'color',
  '--ftl-danger-soft': 'color',
  '--ftl-focus': 'color',
  '--ftl-radius': 'border-top-left-radius',
  '--ftl-radius-small': 'border-top-left-radius',
  '--ftl-space': 'margin-top',
  '--ftl-shadow': 'box-shadow',
};

/** The functions of colours and lengths. None of them loads anything, and none depends on what is around it. */
const FUNCTIONS = new Set(
  'rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark calc min max clamp'.split(' '),
);
const MAX_VALUE = 500;

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
