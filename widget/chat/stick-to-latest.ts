import type { ReactiveController, ReactiveControllerHost } from 'lit';

const NEAR_PX = 64;
/** Left above a turn that is shown from its beginning. */
const MARGIN_PX = 8;

/**
 * Brings the latest turn of a conversation into view while the reader is there (within 64 px), and leaves the region
 * alone while they read further up: `away` says so. A turn taller than the region is shown from its beginning.
 */
export class StickToLatest implements ReactiveController {
  away = false;
  #frame = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly region: () => HTMLElement | null,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#frame);
  }

  /** To be called when the region scrolls. */
  scrolled(): void {
    const region = this.region();
    const away = region !== null && target(region) - region.scrollTop > NEAR_PX;
    if (away === this.away) return;
    this.away = away;
    this.host.requestUpdate();
  }

  /** To be called when a turn was added; waits for what is inside it to be drawn. */
  follow(): void {
    if (this.away) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      const region = this.region();
      if (region) region.scrollTop = target(region);
    });
  }

  jump(): void {
    this.away = false;
    this.follow();
    this.host.requestUpdate();
  }
}

/** Where the region should be scrolled to. It has to be the offset parent of its turns. */
function target(region: HTMLElement): number {
  const end = region.scrollHeight - region.clientHeight;
  const latest = region.lastElementChild as HTMLElement | null;
  return latest ? Math.min(end, Math.max(0, latest.offsetTop - MARGIN_PX)) : end;
}
