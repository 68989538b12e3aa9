import { css } from 'lit';

export const chartStyles = css`
  :host {
    container-type: inline-size;
  }
  figure {
    margin: 0;
  }
  figcaption {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    margin-block-end: 0.5rem;
    font-size: 0.875rem;
    font-weight: 600;
  }
  .ghost {
    flex: none;
    margin-inline-end: -0.5rem;
    font-size: 0.8125rem;
  }
  svg {
    display: block;
    overflow: visible;
  }
  text {
    font-size: 12px;
    fill: var(--_muted);
  }
  .value {
    fill: var(--_text);
  }
  .mark {
    fill: color-mix(in srgb, var(--_accent) 85%, var(--_background));
  }
  .dot {
    fill-opacity: 0.75;
    stroke: var(--_background);
  }
  .line {
    fill: none;
    stroke: var(--_accent);
    stroke-width: 2;
  }
  .axis,
  .grid {
    stroke: var(--_border);
    shape-rendering: crispEdges;
  }
  @media (forced-colors: active) {
    text {
      fill: CanvasText;
    }
    .mark {
      fill: Highlight;
    }
    .line {
      stroke: Highlight;
    }
    .axis,
    .grid {
      stroke: GrayText;
    }
  }
`;
