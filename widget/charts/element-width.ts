import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The width of an element in whole pixels; asks for a new rendering when it changes. 0 until it is laid out. */
export class ElementWidth implements ReactiveController {
  pixels = 0;
  readonly #observer = new ResizeObserver(([entry]) => this.#measured(entry!.contentRect.width));

  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  #measured(width: number): void {
    if (Math.floor(width) === this.pixels) return;
    this.pixels = Math.floor(width);
    this.host.requestUpdate();
  }
}
