import type { Answer } from '../contract/answer.js';
import type { Message } from '../contract/session.js';
import type { PrismaClient, Tx } from '../database/database.js';
import type { Conversation } from './ask.js';

export interface Turn {
  sessionId: string;
  runId: string;
  /** Null for the summary that Atlas opens with. */
  question: string | null;
  answer: Answer;
  /** What a later question may lean on. */
  conversation: Conversation;
}

/**
 * Takes one question from what the session has left, and says how that went. Atomic: of two questions at once, only as
 * many pass as are left.
 */
export async function reserveQuestion(
  prisma: PrismaClient,
  sessionId: string,
  limit: number,
): Promise<'reserved' | 'used up' | 'session over'> {
  const reserved = await prisma.$executeRaw`
    UPDATE demo_sessions SET questions_used = questions_used + 1
    WHERE id = ${sessionId}::uuid AND expires_at > now() AND questions_used < ${limit}`;
  if (reserved > 0) return 'reserved';
  const living = await prisma.demoSession.count({ where: { id: sessionId, questionsUsed: { gte: limit } } });
  return living > 0 ? 'used up' : 'session over';
}

/** The error of a turn that comes after its session has gone. */
export function isSessionGone(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'P2003';
}

export async function addTurn(client: PrismaClient | Tx, { conversation, ...turn }: Turn): Promise<void> {
  await client.demoAtlasMessage.create({ data: { ...turn, conversation: conversation as object } });
}

/** Where the conversation about a run stands; null before its first turn. */
export async function findConversation(
  prisma: PrismaClient,
  sessionId: string,
  runId: string,
): Promise<Conversation | null> {
  const latest = await prisma.demoAtlasMessage.findFirst({
    where: { sessionId, runId },
    orderBy: { id: 'desc' },
    select: { conversation: true },
  });
  // Only addTurn writes this column.
  return (latest?.conversation as unknown as Conversation | undefined) ?? null;
}

/** The session's conversation, oldest turn first. */
export async function findMessages(client: PrismaClient | Tx, sessionId: string): Promise<Message[]> {
  const turns = await client.demoAtlasMessage.findMany({ where: { sessionId }, orderBy: { id: 'asc' } });
  return turns.map(({ question, answer, createdAt }) => ({
    question,
    // Only addTurn writes this column.
    answer: answer as unknown as Answer,
    createdAt: createdAt.toISOString(),
  }));
}
