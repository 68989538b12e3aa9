import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders its host once a second while something counts up or down, and never when the host is off the page. */
export class Ticker implements ReactiveController {
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly isNeeded: () => boolean,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }

  hostUpdated(): void {
    if (this.isNeeded()) this.#timer ??= setInterval(() => this.host.requestUpdate(), 1_000);
    else this.#stop();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
