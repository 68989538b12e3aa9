import { css } from 'lit';

/**
 * The visual language. A page sets the `--ftl-*` properties on the element; everything inside reads the private
 * `--_*` names, which inherit into the steps. `light-dark()` follows the element's own color scheme.
 */
export const tokens = css`
  :host {
    color-scheme: light dark;
    --_font: var(--ftl-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', sans-serif);
    --_font-mono: var(--ftl-font-mono, ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, monospace);
    --_font-size: var(--ftl-font-size, max(1rem, 14px));
    --_text: var(--ftl-text, light-dark(#16181d, #eceef2));
    --_muted: var(--ftl-muted, light-dark(#596070, #a3abba));
    --_background: var(--ftl-background, light-dark(#ffffff, #14161b));
    --_surface: var(--ftl-surface, light-dark(#f6f7f9, #1c1f26));
    --_field: var(--ftl-field, light-dark(#ffffff, #0f1115));
    --_border: var(--ftl-border, light-dark(#e4e6eb, #2d323c));
    --_border-strong: var(--ftl-border-strong, light-dark(#858c9b, #717a8a));
    --_accent: var(--ftl-accent, light-dark(#4048d0, #9aa4ff));
    --_accent-strong: var(--ftl-accent-strong, light-dark(#3038b4, #b7beff));
    --_accent-soft: var(--ftl-accent-soft, light-dark(#eef0ff, #22263f));
    --_on-accent: var(--ftl-on-accent, light-dark(#ffffff, #10122b));
    --_success: var(--ftl-success, light-dark(#0a7243, #5cd39a));
    --_success-soft: var(--ftl-success-soft, light-dark(#e8f6ee, #12291f));
    --_warning: var(--ftl-warning, light-dark(#8a5200, #f0b95b));
    --_warning-soft: var(--ftl-warning-soft, light-dark(#fdf3e1, #2d2413));
    --_danger: var(--ftl-danger, light-dark(#b3261e, #ff9b91));
    --_danger-soft: var(--ftl-danger-soft, light-dark(#fdecea, #341b1a));
    --_focus: var(--ftl-focus, var(--_accent));
    --_radius: var(--ftl-radius, 14px);
    --_radius-small: var(--ftl-radius-small, 9px);
    --_space: var(--ftl-space, 1rem);
    --_shadow: var(--ftl-shadow, 0 1px 2px rgb(16 18 43 / 5%), 0 12px 32px -12px rgb(16 18 43 / 12%));
    --_max-width: var(--ftl-max-width, 60rem);
    --_min-height: var(--ftl-min-height, max(40rem, 85.5rem - 160cqi));
  }
  /* Nothing of how the page's text looks comes in, not even by a rule for the host, which would outdo one for it here. */
  .frame {
    all: initial;
    /* Whether it can be seen and pressed does. */
    visibility: inherit;
    pointer-events: inherit;
    color-scheme: inherit;
    -webkit-text-size-adjust: 100%;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  @media print {
    :host {
      color-scheme: light !important;
    }
  }
`;
