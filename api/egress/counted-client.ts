import { type buildConnector, Client, type Dispatcher } from 'undici';
import type { TargetLimit } from './target-limit.js';

type Connect = buildConnector.connector;

/**
 * One connection of a pool. Its connector counts the address of each connection that it dials, and with it the call that
 * was the reason; here each further call on a connection that stays open is counted for the same address.
 */
export class CountedClient extends Client {
  readonly #limit: TargetLimit;
  readonly #connection: { address: string | null };

  constructor(origin: URL, { connect, ...options }: Client.Options & { connect: Connect }, limit: TargetLimit) {
    const connection: { address: string | null } = { address: null };
    super(origin, { ...options, connect: remembering(connect, connection) });
    this.#limit = limit;
    this.#connection = connection;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { address } = this.#connection;
    try {
      if (address !== null) this.#limit.takeAddress(address);
    } catch (error) {
      // As undici reports what it refuses itself. The connection stays free for others.
      handler.onError?.(error as Error);
      return true;
    }
    return super.dispatch(options, handler);
  }
}

/** The connector, with the address of what it has connected noted for as long as that is open. */
function remembering(connect: Connect, connection: { address: string | null }): Connect {
  return (request, callback) =>
    connect(request, (...result) => {
      const [, socket] = result;
      connection.address = socket?.remoteAddress ?? null;
      socket?.once('close', () => {
        connection.address = null;
      });
      callback(...result);
    });
}
