import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { createInProcessBus, type EventBus, type SessionMessage } from './bus.js';

const CHANNEL = 'ftl-atlas-demo:sessions';

/** What crosses Redis: that a log has grown, never what was said. Prompts and answers stay in the database. */
interface Notice {
  from: string;
  sessionId: string;
  message: Extract<SessionMessage, { type: 'log.grown' | 'session.ended' }>;
}

export interface RedisBusOptions {
  url: string;
  /** Told once when Redis goes away, and once when it is back. */
  onState(state: 'connected' | 'away'): void;
}

/**
 * The bus of several API instances. Those who follow here are told directly, the other instances through Redis. While
 * Redis is away, followers on other instances learn from the log, which they read again now and then.
 */
export function createRedisBus({ url, onState }: RedisBusOptions): EventBus {
  const local = createInProcessBus();
  const from = randomUUID();
  const publisher = connect(url);
  const subscriber = connect(url);
  reportState(subscriber, onState);

  subscriber.on('ready', () => void subscriber.subscribe(CHANNEL).catch(ignoreLoss));
  subscriber.on('message', (_channel, text) => {
    const notice = JSON.parse(text) as Notice;
    if (notice.from !== from) local.publish(notice.sessionId, [notice.message]);
  });

  return {
    publish(sessionId, messages) {
      local.publish(sessionId, messages);
      for (const message of messages.map(withoutContent)) {
        publisher.publish(CHANNEL, JSON.stringify({ from, sessionId, message } satisfies Notice)).catch(ignoreLoss);
      }
    },
    subscribe: local.subscribe,
    async close() {
      publisher.disconnect();
      subscriber.disconnect();
      await local.close();
    },
  };
}

function withoutContent(message: SessionMessage): Notice['message'] {
  return message.type === 'session.ended' ? message : { type: 'log.grown', seq: message.seq };
}

function connect(url: string): Redis {
  // Without a queue a message for an absent Redis is lost at once, which a hint may be; queued, it would come late.
  const redis = new Redis(url, { enableOfflineQueue: false, autoResubscribe: false, maxRetriesPerRequest: 0 });
  // Every failed attempt to connect raises this; the state is what is reported.
  redis.on('error', () => {});
  return redis;
}

function reportState(redis: Redis, onState: RedisBusOptions['onState']): void {
  let reported: 'connected' | 'away' | null = null;
  const report = (state: 'connected' | 'away') => {
    if (state !== reported) onState(state);
    reported = state;
  };
  redis.on('ready', () => report('connected'));
  redis.on('close', () => report('away'));
}

/** A hint that is lost costs its followers a few seconds, no more. */
function ignoreLoss(): void {}
