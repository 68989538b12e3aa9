import { randomBytes } from 'node:crypto';
import type { PrismaClient, Tx } from '../database/database.js';

/** How long a session holds its address's place after its last sign of life. */
const PLACE_SECONDS = 60;
/** Bytes of the secret under which addresses are hashed. */
const ADDRESS_SECRET_BYTES = 32;
/** Sessions that one sweep removes at most, so that none takes long. */
const SWEEP_SIZE = 200;

interface ModelColumns {
  endpointUrl: string;
  modelId: string;
  profile: object;
}

export interface StoredSession extends ModelColumns {
  sessionId: string;
  expiresAt: Date;
  promptsUsed: number;
  questionsUsed: number;
  lastSeq: number;
  credentialsDeletedAt: Date | null;
}

export interface StoredKey extends ModelColumns {
  sealedKey: Uint8Array;
  expiresAt: Date;
}

export interface NewSession extends ModelColumns {
  sessionId: string;
  tokenHash: Buffer;
  addressKey: string;
  createdAt: Date;
  expiresAt: Date;
  sealedKey: Buffer;
}

/** The only reader and writer of sessions and sealed keys. Every time in it is the database's. */
export class SessionStore {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#prisma.$transaction(work);
  }

  /** Reads of one moment, however much is written meanwhile. */
  snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#prisma.$transaction(work, { isolationLevel: 'RepeatableRead' });
  }

  /** The secret under which addresses are hashed: made once, then the same for every instance on this database. */
  async addressSecret(): Promise<Uint8Array> {
    await this.#prisma.$executeRaw`
      INSERT INTO demo_settings (name, value) VALUES ('address_secret', ${randomBytes(ADDRESS_SECRET_BYTES)})
      ON CONFLICT DO NOTHING`;
    const [row] = await this.#prisma.$queryRaw<[{ value: Uint8Array }]>`
      SELECT value FROM demo_settings WHERE name = 'address_secret'`;
    return row.value;
  }

  /** The living session of a token, marked as seen. */
  async seeByToken(tokenHash: Buffer): Promise<{ sessionId: string; expiresAt: Date } | null> {
    const rows = await this.#prisma.$queryRaw<{ sessionId: string; expiresAt: Date }[]>`
      UPDATE demo_sessions SET seen_at = now() WHERE token_hash = ${tokenHash} AND expires_at > now()
      RETURNING id AS "sessionId", expires_at AS "expiresAt"`;
    return rows[0] ?? null;
  }

  /** Marks a session as seen; false where it is over. */
  async see(sessionId: string): Promise<boolean> {
    const seen = await this.#prisma.$executeRaw`
      UPDATE demo_sessions SET seen_at = now() WHERE id = ${sessionId}::uuid AND expires_at > now()`;
    return seen === 1;
  }

  /** Seconds until a place of this address is free; null where one is free now. */
  secondsUntilPlace(addressKey: string, places: number): Promise<number | null> {
    return secondsUntilPlace(this.#prisma, addressKey, places);
  }

  /** The same, with every other claim on this address kept waiting until the transaction ends. */
  async claimPlace(tx: Tx, addressKey: string, places: number): Promise<number | null> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${addressKey}, 0))`;
    return secondsUntilPlace(tx, addressKey, places);
  }

  async now(tx: Tx): Promise<Date> {
    const [row] = await tx.$queryRaw<[{ now: Date }]>`SELECT date_trunc('milliseconds', now()) AS now`;
    return row.now;
  }

  async insert(tx: Tx, session: NewSession): Promise<void> {
    const { sessionId, tokenHash, addressKey, createdAt, expiresAt, endpointUrl, modelId, profile } = session;
    const model = { endpointUrl, modelId };
    await tx.demoSession.create({
      data: {
        ...model,
        id: sessionId,
        tokenHash: new Uint8Array(tokenHash),
        addressKey,
        endpointProfile: profile,
        createdAt,
        seenAt: createdAt,
        expiresAt,
        modelConfig: { create: { ...model, apiKeyEncrypted: new Uint8Array(session.sealedKey), createdAt, expiresAt } },
      },
    });
  }

  /** Takes the session's row until the transaction ends, so that nothing starts or ends in it meanwhile. */
  async lock(tx: Tx, sessionId: string): Promise<{ expiresAt: Date; credentialsDeletedAt: Date | null } | null> {
    const rows = await tx.$queryRaw<{ expiresAt: Date; credentialsDeletedAt: Date | null }[]>`
      SELECT expires_at AS "expiresAt", credentials_deleted_at AS "credentialsDeletedAt"
      FROM demo_sessions WHERE id = ${sessionId}::uuid AND expires_at > now() FOR UPDATE`;
    return rows[0] ?? null;
  }

  async hasActiveRun(sessionId: string, client: Tx = this.#prisma): Promise<boolean> {
    const run = await client.demoBatchTestRun.findFirst({
      where: { sessionId, status: { in: ['queued', 'running'] } },
      select: { id: true },
    });
    return run !== null;
  }

  async replaceModel(
    tx: Tx,
    {
      sessionId,
      endpointUrl,
      modelId,
      profile,
      sealedKey,
      createdAt,
      expiresAt,
    }: Omit<NewSession, 'tokenHash' | 'addressKey'>,
  ): Promise<void> {
    const config = { endpointUrl, modelId, apiKeyEncrypted: new Uint8Array(sealedKey), createdAt, expiresAt };
    await tx.demoModelConfig.upsert({ where: { sessionId }, create: { sessionId, ...config }, update: config });
    await tx.demoSession.update({
      where: { id: sessionId },
      data: { endpointUrl, modelId, endpointProfile: profile, credentialsDeletedAt: null },
    });
  }

  async find(tx: Tx, sessionId: string): Promise<StoredSession | null> {
    const row = await tx.demoSession.findUnique({ where: { id: sessionId } });
    return row && { ...row, sessionId: row.id, profile: row.endpointProfile as object };
  }

  /** The sealed key with what it is bound to, while it has not expired: by now, however long a lock was waited for. */
  async findKey(tx: Tx, sessionId: string): Promise<StoredKey | null> {
    const rows = await tx.$queryRaw<StoredKey[]>`
      SELECT config.endpoint_url AS "endpointUrl", config.model_id AS "modelId", config.expires_at AS "expiresAt",
        config.api_key_encrypted AS "sealedKey", session.endpoint_profile AS profile
      FROM demo_model_configs AS config JOIN demo_sessions AS session ON session.id = config.session_id
      WHERE config.session_id = ${sessionId}::uuid AND config.expires_at > clock_timestamp()`;
    return rows[0] ?? null;
  }

  /** @returns when, or null where there was no key. */
  async deleteKey(tx: Tx, sessionId: string): Promise<Date | null> {
    const { count } = await tx.demoModelConfig.deleteMany({ where: { sessionId } });
    if (count === 0) return null;
    const rows = await tx.$queryRaw<{ deletedAt: Date }[]>`
      UPDATE demo_sessions SET credentials_deleted_at = clock_timestamp() WHERE id = ${sessionId}::uuid
      RETURNING credentials_deleted_at AS "deletedAt"`;
    return rows[0]?.deletedAt ?? null;
  }

  /** Removes all of a session, and counts it. */
  async erase(tx: Tx, sessionId: string) {
    const where = { where: { sessionId } };
    const modelConfigs = await tx.demoModelConfig.deleteMany(where);
    const results = await tx.demoBatchTestResult.deleteMany({ where: { run: { sessionId } } });
    const runs = await tx.demoBatchTestRun.deleteMany(where);
    const messages = await tx.demoAtlasMessage.deleteMany(where);
    await tx.demoSession.delete({ where: { id: sessionId } });
    return { modelConfigs: modelConfigs.count, runs: runs.count, results: results.count, messages: messages.count };
  }

  /** Removes sessions that have expired. One that another instance is at is left to it. */
  async eraseExpired(): Promise<string[]> {
    const rows = await this.#prisma.$queryRaw<{ id: string }[]>`
      DELETE FROM demo_sessions WHERE id IN (
        SELECT id FROM demo_sessions WHERE expires_at <= now() LIMIT ${SWEEP_SIZE} FOR UPDATE SKIP LOCKED
      ) RETURNING id`;
    return rows.map(({ id }) => id);
  }

  async census(): Promise<{ sessions: number; oldestKeySeconds: number }> {
    const [row] = await this.#prisma.$queryRaw<[{ sessions: number; oldestKeySeconds: number }]>`
      SELECT (SELECT count(*)::int FROM demo_sessions WHERE expires_at > now()) AS sessions,
        (SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 FROM demo_model_configs)
          AS "oldestKeySeconds"`;
    return row;
  }
}

async function secondsUntilPlace(client: Tx, addressKey: string, places: number): Promise<number | null> {
  const [row] = await client.$queryRaw<[{ held: number; seconds: number | null }]>`
    SELECT count(*)::int AS held, ceil(extract(epoch FROM min(held_until) - now()))::int AS seconds
    FROM (
      SELECT LEAST(
        expires_at,
        (CASE WHEN EXISTS (
          SELECT 1 FROM demo_batch_test_runs AS run
          WHERE run.session_id = session.id AND run.status IN ('queued', 'running')
        ) THEN now() ELSE seen_at END) + make_interval(secs => ${PLACE_SECONDS}::int)
      ) AS held_until
      FROM demo_sessions AS session WHERE address_key = ${addressKey}
    ) AS places WHERE held_until > now()`;
  return row.held < places ? null : Math.max(1, row.seconds ?? 1);
}
