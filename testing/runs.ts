import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { PrismaClient, Tx } from '../api/database/database.js';
import { createInProcessBus } from '../api/events/bus.js';
import type { Complete } from '../api/results/call.js';
import { Runs } from '../api/runs/service.js';
import { sharedDatabase } from './database.js';
import { modelThat, patientModel } from './model.js';

const MODEL = { endpointUrl: 'https://model.example.com/v1', modelId: 'm' };

/** A key that nothing opens: custody has tests of its own. */
const credentials = {
  openWithin: async () => ({ ...MODEL, apiKey: 'sk-x', profile: {} }),
  async deleteWithin(tx: Tx, sessionId: string) {
    const { count } = await tx.demoModelConfig.deleteMany({ where: { sessionId } });
    return count > 0 ? new Date() : null;
  },
};

/** One API instance of several on one database, with a bus that reaches nobody else, as when Redis is away. */
export async function openInstance({ prisma, complete }: { prisma?: PrismaClient; complete?: Complete } = {}) {
  const database = await sharedDatabase();
  const model = patientModel();
  const client = complete ? modelThat(complete) : model.client;
  const problems: string[] = [];
  const runs = new Runs({
    database: { prisma: prisma ?? database.prisma, embedded: false },
    events: createInProcessBus(),
    credentials,
    connect: client.connect as never,
    suites: [],
    promptsPerSession: 20,
    onRunEnd: async () => {},
    // Back-off passes in a turn of the event loop.
    sleep: () => new Promise(setImmediate),
    log: { warn: (_fields, message) => problems.push(message), error: (_fields, message) => problems.push(message) },
  });
  return { runs, model, problems };
}

/** A session with a key, straight in the database. */
export async function storeSession() {
  const { prisma } = await sharedDatabase();
  const createdAt = new Date(Date.now() - 100_000);
  const expiresAt = new Date(Date.now() + 600_000);
  const { id } = await prisma.demoSession.create({
    data: {
      ...MODEL,
      tokenHash: new Uint8Array(createHash('sha256').update(randomBytes(32)).digest()),
      addressKey: randomUUID(),
      endpointProfile: {},
      expiresAt,
      modelConfig: { create: { ...MODEL, apiKeyEncrypted: new Uint8Array(8), createdAt, expiresAt } },
    },
  });
  return { sessionId: id, token: 'token' };
}
