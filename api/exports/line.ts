/** Lets so many jobs go on at a time. The others wait in their order, and no more than so many of them. */
export class Line {
  #free: number;
  readonly #mostWaiting: number;
  readonly #waiting = new Set<() => void>();

  constructor({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }) {
    this.#free = atOnce;
    this.#mostWaiting = mostWaiting;
  }

  /** Does the job when its turn comes. @throws {LineFull} at once, or with the signal's reason while it waits */
  async run<T>(job: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#turn(signal);
    try {
      return await job();
    } finally {
      this.#pass();
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    if (this.#waiting.size >= this.#mostWaiting) throw new LineFull();
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(start);
        reject(signal.reason);
      };
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.add(start);
    });
  }

  /** The place goes to whoever has waited longest. */
  #pass(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}

export class LineFull extends Error {
  override name = 'LineFull';
}
