import { CROWDED_OUT } from '../../api/contract/limits.js';
import type { ClientMessage, ServerMessage } from '../../api/contract/socket.js';
import type { Transport } from './transport.js';

export interface SocketOptions {
  url: string;
  /** Asked for at each connection; sent in the first message, never in the URL. */
  token: () => string;
  WebSocket?: typeof WebSocket;
}

/** Follows the session over a WebSocket. */
export function socketTransport({ url, token, WebSocket = globalThis.WebSocket }: SocketOptions): Transport {
  return ({ after, signal, onOpen, onUpdate }) =>
    new Promise((resolve) => {
      const socket = new WebSocket(url);
      const close = () => socket.close();
      signal.addEventListener('abort', close, { once: true });
      socket.onopen = () => {
        const hello: ClientMessage = { type: 'hello', token: token(), ...(after > 0 && { after }) };
        socket.send(JSON.stringify(hello));
      };
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data as string) as ServerMessage;
        switch (message.type) {
          case 'ready':
            onOpen();
            onUpdate({ type: 'ready', session: message.session, seq: message.seq });
            break;
          case 'session.ended':
            onUpdate(message);
            break;
          case 'error':
            if (message.code === 'session_invalid') onUpdate({ type: 'session.ended', reason: 'expired' });
            break;
          case 'atlas.answer':
            break;
          default:
            onUpdate({ type: 'event', event: message });
        }
      };
      socket.onclose = ({ code }) => {
        signal.removeEventListener('abort', close);
        resolve(code === CROWDED_OUT ? 'crowded' : undefined);
      };
      // Where the page's policy forbids sockets, Chromium says no more than this.
      socket.onerror = () => resolve(undefined);
    });
}
