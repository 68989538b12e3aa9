/** The widget's light palette, on paper. */
export const PALETTE = {
  text: '#16181d',
  muted: '#596070',
  surface: '#f6f7f9',
  border: '#e4e6eb',
  accent: '#4048d0',
  accentSoft: '#eef0ff',
  success: '#0a7243',
  warning: '#8a5200',
  danger: '#b3261e',
} as const;
