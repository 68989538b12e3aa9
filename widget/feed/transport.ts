import type { Run } from '../../api/contract/row.js';
import type { Session } from '../../api/contract/session.js';
import type { RunEvent } from '../../api/contract/socket.js';

/** What arrives about the session, whichever way it came. */
export type Update =
  | { type: 'ready'; session: Session; seq: number }
  | { type: 'event'; event: RunEvent }
  | { type: 'snapshot'; run: Run }
  | { type: 'session.ended'; reason: 'cleanup' | 'expired' };

interface Follow {
  /** The number of the last run event that has arrived; 0 before any. */
  after: number;
  signal: AbortSignal;
  /** The way works: the connection stands. */
  onOpen: () => void;
  onUpdate: (update: Update) => void;
}

/** One way to follow the session. Resolves when the connection is lost, crowded out by others, or its subject is over. */
export type Transport = (follow: Follow) => Promise<'crowded' | undefined>;
