import type { WebSocket } from 'ws';
import type { Answer } from '../contract/answer.js';
import { CROWDED_OUT } from '../contract/limits.js';
import type { Run } from '../contract/row.js';
import type { AtlasRequest, BatchTestRequest, Session } from '../contract/session.js';
import type { ClientMessage, RunEvent, ServerMessage } from '../contract/socket.js';
import { type AuthenticatedSession, type FindSession, SESSION_INVALID } from './authenticate.js';
import { normaliseAddress } from './client-address.js';
import { readClientMessage } from './client-message.js';
import type { OpenStreams } from './open-streams.js';
import { DATABASE_AWAY, INTERNAL, ProblemError } from './problem.js';
import type { CountMessage } from './rate-limit.js';

/** Messages that wait for those before them. More are left in the network until one is answered. */
const MAX_WAITING = 32;
/** A client that goes on sending after so many refusals in a row is dropped. */
const MAX_REFUSED = 50;

export const CLOSE = {
  normal: 1000,
  tooMany: 1008,
  internal: 1011,
  restart: 1012,
  tryAgain: 1013,
  unauthorised: 4401,
  tooManyOpen: CROWDED_OUT,
} as const;

const TOO_MANY_OPEN = 'The demo is open too often at the same time. The connection that was open longest is closed.';
/** How long a client gets to answer the closing of its socket, what was sent before included. */
const GOODBYE_MS = 5_000;

export type SessionEnded = Extract<ServerMessage, { type: 'session.ended' }>;
type MessageId = ClientMessage['id'];
type Of<T extends ClientMessage['type']> = Extract<ClientMessage, { type: T }>;

export interface ConnectionOptions {
  findSession: FindSession;
  /** The client's sign of life; false where the session is over. */
  touch(sessionId: string): Promise<boolean>;
  snapshot(sessionId: string): Promise<{ session: Session; seq: number } | null>;
  countMessage: CountMessage;
  openStreams: { bySession: OpenStreams; byAddress: OpenStreams };
  runs: {
    start(session: AuthenticatedSession, request: BatchTestRequest): Promise<Run>;
    cancel(session: AuthenticatedSession, runId: string): Promise<Run>;
    /** The event that ended a run; null while it goes on. */
    finish(session: AuthenticatedSession, runId: string): Promise<RunEvent | null>;
    /** Every later event once and in order; null now and then, when there is no news. */
    follow(sessionId: string, after: number, signal: AbortSignal): AsyncIterable<RunEvent | SessionEnded | null>;
  };
  ask(sessionId: string, request: AtlasRequest): Promise<Answer>;
  isDatabaseAway(error: unknown): boolean;
  log: { error(fields: object, message: string): void };
  timing?: Partial<typeof TIMING>;
}

export const TIMING = {
  helloMs: 5_000,
  pingMs: 20_000,
  /** With the ping before it, a dead socket is closed within 45 s. */
  pongMs: 25_000,
  /** A message that has not left after so long is not read: the socket is dropped. */
  unreadMs: 20_000,
};

/**
 * One socket of one visitor: greets, takes messages in their order, and sends on what happens in the session. An event
 * waits until the one before it has left, and a message until the one before it is answered: so a client that reads
 * slowly has few of them in our memory. One that does not read is dropped, and may come back with its last number.
 */
export class Connection {
  readonly #socket: WebSocket;
  readonly #address: string;
  readonly #options: ConnectionOptions;
  readonly #timing: typeof TIMING;
  readonly #closed = new AbortController();
  readonly #helloTimer: NodeJS.Timeout;
  #pingTimer: NodeJS.Timeout | undefined;
  #pongTimer: NodeJS.Timeout | undefined;
  #session: AuthenticatedSession | null = null;
  /** Messages wait for the one before them, but not for Atlas: cancelling must not wait for an answer. */
  #commands: Promise<void> = Promise.resolve();
  #questions: Promise<void> = Promise.resolve();
  #waiting = 0;
  #refused = 0;
  #lastSeq = 0;
  /** The ids of requests that the start or the end of a run answers. */
  readonly #replyIds = new Map<string, MessageId>();
  /** What takes this socket off the lists of those that are open. */
  readonly #leave: (() => void)[] = [];

  constructor(socket: WebSocket, address: string, options: ConnectionOptions) {
    this.#socket = socket;
    this.#address = address;
    this.#options = options;
    this.#timing = { ...TIMING, ...options.timing };
    this.#helloTimer = setTimeout(() => this.#refuseSession(), this.#timing.helloMs);
    this.#enter(options.openStreams.byAddress, normaliseAddress(address));
    socket.on('message', (data, isBinary) => this.#receive(isBinary ? '' : data.toString()));
    socket.on('pong', () => this.#sawLife());
    socket.on('close', () => this.#end());
  }

  #enter(open: OpenStreams, holder: string): void {
    const mayGoFirst = () => this.#session === null;
    this.#leave.push(open.enter(holder, { close: () => this.#crowdOut(), mayGoFirst }));
  }

  #receive(text: string): void {
    const reading = readClientMessage(text);
    const isQuestion = reading.ok && reading.message.type === 'atlas.ask' && this.#session !== null;
    if (isQuestion) this.#questions = this.#questions.then(() => this.#take(reading));
    else this.#commands = this.#commands.then(() => this.#take(reading));
    this.#waiting += 1;
    if (this.#waiting >= MAX_WAITING) this.#socket.pause();
  }

  async #take(reading: ReturnType<typeof readClientMessage>): Promise<void> {
    await this.#answer(reading);
    this.#waiting -= 1;
    if (this.#waiting < MAX_WAITING) this.#socket.resume();
  }

  /** Answers one message, if only with an error. Never rejects. */
  async #answer(reading: ReturnType<typeof readClientMessage>): Promise<void> {
    const id = reading.ok ? reading.message.id : reading.id;
    try {
      await this.#options.countMessage(this.#address);
      this.#refused = 0;
      if (this.#closed.signal.aborted) return;
      if (!this.#session) return await this.#greet(reading);
      if (!reading.ok) throw new ProblemError('invalid_request', reading.detail);
      await this.#obey(this.#session, reading.message);
    } catch (error) {
      await this.#sendError(error, id);
    }
  }

  async #greet(reading: ReturnType<typeof readClientMessage>): Promise<void> {
    clearTimeout(this.#helloTimer);
    if (!reading.ok || reading.message.type !== 'hello')
      return this.#refuseSession(reading.ok ? undefined : reading.id);
    const { id, token, after } = reading.message;
    const session = await this.#options.findSession(token);
    const snapshot = session && (await this.#options.snapshot(session.sessionId));
    if (!snapshot) return this.#refuseSession(id);
    this.#session = session;
    this.#enter(this.#options.openStreams.bySession, session.sessionId);
    await this.#send({ type: 'ready', id, ...snapshot });
    this.#pingTimer = setInterval(() => this.#ping(), this.#timing.pingMs);
    void this.#follow(session.sessionId, Math.min(after ?? snapshot.seq, snapshot.seq));
  }

  #refuseSession(id?: MessageId): void {
    void this.#send({ type: 'error', id, code: 'session_invalid', detail: SESSION_INVALID });
    this.#close(CLOSE.unauthorised, 'session_invalid');
  }

  /** A newer socket of the same session or address has come. */
  #crowdOut(): void {
    void this.#send({ type: 'error', code: 'too_many_connections', detail: TOO_MANY_OPEN });
    this.#close(CLOSE.tooManyOpen, 'too_many_connections');
  }

  async #obey(session: AuthenticatedSession, message: ClientMessage): Promise<void> {
    switch (message.type) {
      case 'hello':
        throw new ProblemError('invalid_request', 'This socket has said hello already.');
      case 'run.start':
        return this.#startRun(session, message);
      case 'run.cancel':
        return this.#cancelRun(session, message);
      case 'atlas.ask': {
        const { type: _type, id, ...question } = message;
        const answer = await this.#options.ask(session.sessionId, question);
        return this.#send({ type: 'atlas.answer', id, answer });
      }
    }
  }

  /** The run's `run.started` is the reply. */
  async #startRun(session: AuthenticatedSession, { type: _type, id, ...request }: Of<'run.start'>): Promise<void> {
    const { runId } = await this.#options.runs.start(session, request);
    this.#replyIds.set(replyKey('run.started', runId), id);
  }

  /** The run's `run.finished` is the reply. Where that was sent before, how the session stands: numbers only rise. */
  async #cancelRun(session: AuthenticatedSession, { id, runId }: Of<'run.cancel'>): Promise<void> {
    const key = replyKey('run.finished', runId);
    this.#replyIds.set(key, id);
    try {
      await this.#options.runs.cancel(session, runId);
      const finish = await this.#options.runs.finish(session, runId);
      const isStillToCome = finish && finish.seq > this.#lastSeq;
      if (!finish || isStillToCome || !this.#replyIds.delete(key)) return;
      const snapshot = await this.#options.snapshot(session.sessionId);
      if (!snapshot) throw new ProblemError('session_invalid', SESSION_INVALID);
      await this.#send({ type: 'ready', id, ...snapshot });
    } catch (error) {
      this.#replyIds.delete(key);
      throw error;
    }
  }

  /** Sends on what happens in the session until it ends, or the socket does. */
  async #follow(sessionId: string, after: number): Promise<void> {
    this.#lastSeq = after;
    try {
      for await (const event of this.#options.runs.follow(sessionId, after, this.#closed.signal)) {
        if (event === null) continue;
        if (event.type === 'session.ended') return this.#endSession(event);
        // A start that is under way may be what this event answers: then the event carries its id.
        if (event.type === 'run.started') await this.#commands;
        this.#lastSeq = event.seq;
        await this.#send(this.#asReply(event));
        if (this.#closed.signal.aborted) return;
      }
    } catch (error) {
      this.#options.log.error({ err: error }, 'a socket could not follow its session');
      this.#close(CLOSE.internal, 'internal');
    }
  }

  #asReply(event: RunEvent): ServerMessage {
    const key = 'run' in event ? replyKey(event.type, event.run.runId) : '';
    const id = this.#replyIds.get(key);
    this.#replyIds.delete(key);
    return id === undefined ? event : { ...event, id };
  }

  #endSession(message: SessionEnded): void {
    void this.#send(message);
    this.#close(CLOSE.normal, 'session ended');
  }

  #ping(): void {
    this.#socket.ping();
    this.#pongTimer ??= setTimeout(() => this.#socket.terminate(), this.#timing.pongMs);
  }

  #sawLife(): void {
    clearTimeout(this.#pongTimer);
    this.#pongTimer = undefined;
    if (!this.#session) return;
    this.#options.touch(this.#session.sessionId).then(
      (living) => living || this.#endSession({ type: 'session.ended', reason: 'expired' }),
      (error) => this.#options.log.error({ err: error }, 'a sign of life could not be stored'),
    );
  }

  async #sendError(error: unknown, id: MessageId): Promise<void> {
    const { isDatabaseAway, log } = this.#options;
    const unforeseen = isDatabaseAway(error) ? DATABASE_AWAY : INTERNAL;
    const problem = error instanceof ProblemError ? error : unforeseen;
    if (problem !== error) log.error({ err: error }, 'a message failed');
    await this.#send({ type: 'error', id, code: problem.code, detail: problem.message });
    this.#refused += problem.code === 'rate_limited' ? 1 : 0;
    if (this.#refused >= MAX_REFUSED) this.#close(CLOSE.tooMany, 'rate_limited');
    // A greeting that failed through no fault of the token: the page may come back with the same.
    else if (!this.#session) this.#close(CLOSE.tryAgain, problem.code);
  }

  /** Resolves once the message has left for the network, or never will. */
  async #send(message: ServerMessage): Promise<void> {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const timer = setTimeout(() => this.#socket.terminate(), this.#timing.unreadMs);
    await new Promise<unknown>((resolve) => this.#socket.send(JSON.stringify(message), resolve));
    clearTimeout(timer);
  }

  #close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    setTimeout(() => this.#socket.terminate(), GOODBYE_MS).unref();
  }

  #end(): void {
    clearTimeout(this.#helloTimer);
    clearInterval(this.#pingTimer);
    clearTimeout(this.#pongTimer);
    for (const leave of this.#leave) leave();
    this.#closed.abort();
  }
}

function replyKey(type: RunEvent['type'], runId: string): string {
  return `${type} ${runId}`;
}
