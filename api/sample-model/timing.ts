import { setTimeout as sleep } from 'node:timers/promises';

export interface Timing {
  firstTokenMs: number;
  tokensPerSecond: number;
}

/**
 * How fast the answer to a prompt comes: 80–400 ms to the first token, then 40–140 tokens per second. Always the same
 * for the same prompt, so that a run can be repeated. `pace` is how many times faster than that it goes.
 */
export function timingOf(prompt: string, pace: number): Timing {
  const seed = hash(prompt);
  return {
    firstTokenMs: (80 + fraction(seed, 1) * 320) / pace,
    tokensPerSecond: (40 + fraction(seed, 2) * 100) * pace,
  };
}

/** Yields each token at its time, and returns when the one after the last would be due. */
export async function* inTime(tokens: readonly string[], { firstTokenMs, tokensPerSecond }: Timing) {
  const start = performance.now();
  const due = (index: number) => start + firstTokenMs + (index / tokensPerSecond) * 1_000;
  const until = (time: number) => sleep(Math.max(0, time - performance.now()));

  for (const [index, token] of tokens.entries()) {
    await until(due(index));
    yield token;
  }
  await until(due(tokens.length));
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** A number in [0, 1) for a seed and a salt, mixed by the finaliser of murmur3. */
function fraction(seed: number, salt: number): number {
  let value = seed + Math.imul(salt, 0x9e3779b9);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return ((value ^ (value >>> 16)) >>> 0) / 2 ** 32;
}
