import { WebSocket } from 'ws';
import { API_PREFIX } from '../api/contract/limits.js';
import type { RunEvent, ServerMessage } from '../api/contract/socket.js';

type MessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;

/** A page's socket, and all that came through it. */
export class SocketClient {
  readonly received: ServerMessage[] = [];
  /** The code that closed it. */
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  #news = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      this.received.push(JSON.parse(data.toString()) as ServerMessage);
      this.#news();
    });
    this.closed = new Promise((resolve) => socket.on('close', resolve));
  }

  /** @throws with the HTTP status where the upgrade is refused */
  static async open(base: string, { headers = {}, origin }: { headers?: object; origin?: string } = {}) {
    const socket = new WebSocket(`${base.replace('http', 'ws')}${API_PREFIX}/ws`, { headers: { ...headers }, origin });
    const client = new SocketClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on('open', resolve);
      socket.on('error', reject);
    });
    return client;
  }

  send(message: object | string): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The next message of this type that has not been waited for. */
  async next<T extends ServerMessage['type']>(type: T, withinMs = 10_000): Promise<MessageOf<T>> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const index = this.received.findIndex((message) => message.type === type && !this.#taken.has(message));
      const message = this.received[index];
      if (message) {
        this.#taken.add(message);
        return message as MessageOf<T>;
      }
      if (Date.now() > deadline)
        throw new Error(`no ${type} came; ${JSON.stringify(this.received.at(-1))} was the last`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200);
        this.#news = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
  readonly #taken = new Set<ServerMessage>();

  /** Greets, and waits for the snapshot. */
  async hello(token: string, after?: number): Promise<MessageOf<'ready'>> {
    this.send({ type: 'hello', token, after });
    return this.next('ready');
  }

  get events(): RunEvent[] {
    return this.received.filter((message): message is RunEvent => 'seq' in message && message.type !== 'ready');
  }

  /** Stops reading, as a page does whose machine is too slow. */
  pause(): void {
    this.#socket.pause();
  }

  /** Goes away without a word. */
  drop(): void {
    this.#socket.terminate();
  }

  close(): void {
    this.#socket.close();
  }
}
