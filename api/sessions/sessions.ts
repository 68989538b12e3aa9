import { randomUUID } from 'node:crypto';
import type { RowError, Run } from '../contract/row.js';
import type {
  CleanupReceipt,
  ConfigureRequest,
  ConfigureResponse,
  Connection,
  Message,
  Session,
} from '../contract/session.js';
import type { Tx } from '../database/database.js';
import { type AuthenticatedSession, SESSION_INVALID } from '../http/authenticate.js';
import { ProblemError } from '../http/problem.js';
import type { SessionStore } from './store.js';
import { hashAddress, hashToken, newToken, tokenBytes } from './token.js';
import type { Vault } from './vault.js';

/** Tries an endpoint with one tiny completion. On success, its address normalised and how it wants to be spoken to. */
type TestConnection = (
  target: ConfigureRequest,
  signal?: AbortSignal,
) => Promise<
  | { ok: true; endpointUrl: string; profile: object; connection: Connection }
  | { ok: false; error: RowError; hint: string }
>;

export type SessionEndReason = 'cleanup' | 'expired';

export interface SessionsOptions {
  store: SessionStore;
  vault: Vault;
  /** The secret under which addresses are hashed. */
  addressSecret: Uint8Array;
  testConnection: TestConnection;
  /** The parts of a session that other features keep; read inside one snapshot. */
  latestRun(tx: Tx, sessionId: string): Promise<Run | null>;
  messages(tx: Tx, sessionId: string): Promise<Message[]>;
  /** Told after all of a session is gone. */
  onSessionEnded(sessionId: string, reason: SessionEndReason): void;
  limits: { ttlSeconds: number; sessionsPerIp: number; prompts: number; questions: number };
}

/** A sealed key, opened for use. */
export interface OpenCredentials {
  endpointUrl: string;
  modelId: string;
  apiKey: string;
  profile: object;
}

/** The only way to a visitor's key. */
export interface Credentials {
  /**
   * Opens it in the transaction that has locked the session: outside of it, the model could be replaced before the key is
   * used. Null where there is none, or where it can no longer be opened.
   */
  openWithin(tx: Tx, sessionId: string, token: string): Promise<OpenCredentials | null>;
  /** Deletes it in the caller's transaction. Returns when, or null where there was none. */
  deleteWithin(tx: Tx, sessionId: string): Promise<Date | null>;
}

export type Sessions = ReturnType<typeof createSessions>;

export function createSessions(options: SessionsOptions) {
  const { store, vault, addressSecret, limits } = options;

  async function authenticate(token: string): Promise<AuthenticatedSession | null> {
    const bytes = tokenBytes(token);
    const found = bytes && (await store.seeByToken(hashToken(bytes)));
    return found && { ...found, token };
  }

  /** A socket's sign of life; false where the session is over. */
  const touch = (sessionId: string): Promise<boolean> => store.see(sessionId);

  /**
   * Tests the connection, then opens a session with its sealed key.
   * `address` is the client's, normalised: it has a limited number of places.
   */
  async function open(address: string, request: ConfigureRequest, signal?: AbortSignal): Promise<ConfigureResponse> {
    const addressKey = hashAddress(addressSecret, address);
    refuseWithoutPlace(await store.secondsUntilPlace(addressKey, limits.sessionsPerIp));
    const { model, connection } = await connect(request, signal);
    const sessionId = randomUUID();
    const sessionToken = newToken();
    const token = tokenBytes(sessionToken)!;
    const expiresAt = await store.transaction(async (tx) => {
      refuseWithoutPlace(await store.claimPlace(tx, addressKey, limits.sessionsPerIp));
      const createdAt = await store.now(tx);
      const expiresAt = new Date(createdAt.getTime() + limits.ttlSeconds * 1000);
      const sealedKey = vault.seal(request.apiKey, token, { sessionId, ...model, expiresAt });
      const tokenHash = hashToken(token);
      await store.insert(tx, { sessionId, tokenHash, addressKey, createdAt, expiresAt, sealedKey, ...model });
      return expiresAt;
    });
    return toResponse({ sessionId, token: sessionToken, expiresAt }, model, connection);
  }

  /** The same for a session that goes on: its time stays as it is, and so does its model where the test fails. */
  async function replaceModel(
    session: AuthenticatedSession,
    request: ConfigureRequest,
    signal?: AbortSignal,
  ): Promise<ConfigureResponse> {
    const { sessionId, token, expiresAt } = session;
    refuseDuringRun(await store.hasActiveRun(sessionId));
    const { model, connection } = await connect(request, signal);
    await store.transaction(async (tx) => {
      if (!(await store.lock(tx, sessionId))) throw new ProblemError('session_invalid', SESSION_INVALID);
      refuseDuringRun(await store.hasActiveRun(sessionId, tx));
      const createdAt = await store.now(tx);
      const sealedKey = vault.seal(request.apiKey, tokenBytes(token)!, { sessionId, ...model, expiresAt });
      await store.replaceModel(tx, { sessionId, createdAt, expiresAt, sealedKey, ...model });
    });
    return toResponse(session, model, connection);
  }

  async function connect(request: ConfigureRequest, signal?: AbortSignal) {
    const test = await options.testConnection(request, signal);
    if (!test.ok) {
      throw new ProblemError('connection_failed', test.error.message, { reason: test.error.type, hint: test.hint });
    }
    const model = { endpointUrl: test.endpointUrl, modelId: request.modelId, profile: test.profile };
    return { model, connection: test.connection };
  }

  /** All that a page needs to go on, as of the run event `seq`; null where the session is over. */
  function snapshot(sessionId: string): Promise<{ session: Session; seq: number } | null> {
    return store.snapshot(async (tx) => {
      const stored = await store.find(tx, sessionId);
      if (!stored) return null;
      const key = await store.findKey(tx, sessionId);
      const session: Session = {
        sessionId,
        expiresAt: stored.expiresAt.toISOString(),
        model: { endpointUrl: stored.endpointUrl, modelId: stored.modelId },
        credentials: {
          stored: key !== null && vault.knows(key.sealedKey),
          deletedAt: stored.credentialsDeletedAt?.toISOString() ?? null,
        },
        promptsLeft: Math.max(0, limits.prompts - stored.promptsUsed),
        questionsLeft: Math.max(0, limits.questions - stored.questionsUsed),
        run: await options.latestRun(tx, sessionId),
        messages: await options.messages(tx, sessionId),
      };
      return { session, seq: stored.lastSeq };
    });
  }

  async function cleanup(sessionId: string): Promise<CleanupReceipt> {
    const receipt = await store.transaction(async (tx) => {
      const session = await store.lock(tx, sessionId);
      if (!session) throw new ProblemError('session_invalid', SESSION_INVALID);
      const deletedAt = await store.now(tx);
      const deleted = await store.erase(tx, sessionId);
      const credentialsDeletedAt = deleted.modelConfigs > 0 ? deletedAt : session.credentialsDeletedAt;
      return {
        credentialsDeletedAt: credentialsDeletedAt?.toISOString() ?? null,
        deletedAt: deletedAt.toISOString(),
        deleted,
      };
    });
    options.onSessionEnded(sessionId, 'cleanup');
    return receipt;
  }

  const credentials: Credentials = {
    async openWithin(tx, sessionId, token) {
      const bytes = tokenBytes(token);
      const key = bytes && (await store.findKey(tx, sessionId));
      if (!key) return null;
      const apiKey = vault.open(key.sealedKey, bytes, { sessionId, ...key });
      return apiKey === null
        ? null
        : { endpointUrl: key.endpointUrl, modelId: key.modelId, profile: key.profile, apiKey };
    },
    deleteWithin: (tx, sessionId) => store.deleteKey(tx, sessionId),
  };

  return { authenticate, touch, open, replaceModel, snapshot, cleanup, credentials };
}

function refuseWithoutPlace(seconds: number | null): void {
  if (seconds === null) return;
  throw new ProblemError(
    'session_exists',
    `Another demo session is in use from your network. Try again in ${seconds} seconds, or end that session first.`,
    { retryAfterSeconds: seconds },
  );
}

function refuseDuringRun(active: boolean): void {
  if (!active) return;
  throw new ProblemError(
    'run_in_progress',
    'The model cannot be changed during a run. Wait for its end, or cancel it.',
  );
}

function toResponse(
  { sessionId, token, expiresAt }: AuthenticatedSession,
  { endpointUrl, modelId }: { endpointUrl: string; modelId: string },
  connection: Connection,
): ConfigureResponse {
  const model = { endpointUrl, modelId };
  return { sessionId, sessionToken: token, expiresAt: expiresAt.toISOString(), model, connection };
}
