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
