import type { Session } from '../../api/contract/session.js';
import type { ServerMessage } from '../../api/contract/socket.js';

export const TOKEN = 'token-of-this-session';

/** What a socket needs of the server behind it. */
export interface Server {
  readonly token: string;
  readonly sockets: FakeSocket[];
  readonly session: Session | null;
  readonly seq: number;
  readonly offline: boolean;
  readonly socketsRefused: boolean;
  readonly socketsForbidden: boolean;
}

/** A WebSocket whose other end is the fake API. */
export class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  isOpen = false;
  readonly sent: { type: string; token?: string; after?: number }[] = [];

  constructor(
    readonly url: string,
    private readonly server: Server,
  ) {
    server.sockets.push(this);
    setTimeout(() => {
      if (server.socketsForbidden) return this.onerror?.();
      if (server.offline || server.socketsRefused) return this.close();
      this.isOpen = true;
      this.onopen?.();
    });
  }

  send(text: string): void {
    const message = JSON.parse(text);
    this.sent.push(message);
    const { session, seq, token } = this.server;
    if (message.token !== token || !session) {
      this.receive({ type: 'error', code: 'session_invalid', detail: 'This session has ended.' });
      this.close();
    } else this.receive({ type: 'ready', session: structuredClone(session), seq });
  }

  receive(message: ServerMessage): void {
    if (this.isOpen) this.onmessage?.({ data: JSON.stringify(message) });
  }

  close(code = 1000): void {
    this.isOpen = false;
    this.onclose?.({ code });
  }
}
