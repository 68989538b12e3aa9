/**
 * What each holder, a session or an address, has open at a time: sockets and event streams. The newest is always let in,
 * because that is the page which a visitor looks at; where that is one too many, the oldest is closed, those of nobody
 * known first. It may be what a reloaded page or a lost network has left behind.
 */
export class OpenStreams {
  readonly #most: number;
  readonly #open = new Map<string, Set<Stream>>();

  constructor(most: number) {
    this.#most = most;
  }

  get count(): number {
    return [...this.#open.values()].reduce((count, streams) => count + streams.size, 0);
  }

  /** @returns what takes the stream off the list once it is closed */
  enter(holder: string, stream: Stream): () => void {
    const streams = this.#open.get(holder) ?? new Set();
    this.#open.set(holder, streams);
    if (streams.size >= this.#most) this.#closeOldest(streams);
    streams.add(stream);
    return () => {
      streams.delete(stream);
      if (streams.size === 0 && this.#open.get(holder) === streams) this.#open.delete(holder);
    };
  }

  #closeOldest(streams: Set<Stream>): void {
    const [oldest] = [...[...streams].filter((stream) => stream.mayGoFirst()), ...streams];
    // It counts no more, however long its client takes to go.
    streams.delete(oldest!);
    oldest!.close();
  }
}

interface Stream {
  close: () => void;
  /** Whether it is a socket that has not said yet whose it is. */
  mayGoFirst: () => boolean;
}
