import { setImmediate } from 'node:timers/promises';

let latest: Promise<unknown> = Promise.resolve();

/**
 * Resolves in a turn of the event loop that no other waiter gets. Long texts are worked on in such turns: however many
 * answers arrive at once, nobody else waits longer than for one of them.
 */
export async function ownTurn(): Promise<void> {
  latest = latest.then(() => setImmediate());
  await latest;
}
