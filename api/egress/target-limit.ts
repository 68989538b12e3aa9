import { isIPv4 } from 'node:net';
import { EgressError } from './errors.js';

const WINDOW_MS = 60_000;

/** Counts one call to a target in all processes, in the minute of this number. @returns the calls in it so far */
export type CountTogether = (target: string, minute: number) => Promise<number>;

export interface TargetLimitOptions {
  callsPerMinute: number;
  /** Where several processes count together. While that fails, each counts alone. */
  countTogether?: CountTogether;
  now?: () => number;
}

/**
 * Counts the calls to each target in the minute before, over all visitors, so that the demo cannot be turned into a
 * load generator. A target is counted by its name and by the address that is dialled: one may have many of the other.
 * Two counts stand for the sliding minute, that of the clock's minute and, by the part of it that is not yet over, that
 * of the minute before: so the memory is bounded, and the turn of a minute frees nothing at once. Where all calls of the
 * minute before came at its end, nearly twice the limit may pass within 60 s.
 */
export function createTargetLimit({ callsPerMinute, countTogether, now = Date.now }: TargetLimitOptions) {
  let before = new Map<string, number>();
  let calls = new Map<string, number>();
  let minute = 0;

  /** What other processes have called, too. Learned a moment later: so the calls of that moment may be too many. */
  async function learn(target: string, inMinute: number): Promise<void> {
    const total = await countTogether?.(target, inMinute).catch(() => 0);
    if (total !== undefined && inMinute === minute) calls.set(target, Math.max(total, calls.get(target) ?? 0));
  }

  function take(target: string): void {
    const minutes = now() / WINDOW_MS;
    turnTo(Math.floor(minutes));
    const made = calls.get(target) ?? 0;
    const stillCounts = (before.get(target) ?? 0) * (1 - (minutes - minute));
    if (made + stillCounts + 1 > callsPerMinute) throw new EgressError('target_limit');
    calls.set(target, made + 1);
    void learn(target, minute);
  }

  function turnTo(current: number): void {
    if (current === minute) return;
    before = current === minute + 1 ? calls : new Map();
    calls = new Map();
    minute = current;
  }

  return {
    /** Throws `target_limit` where this host has had its calls. */
    takeHost: (host: string) => take(`host ${host}`),
    /** The same for an address, or for the network that is one customer's in IPv6. */
    takeAddress: (address: string) => take(`address ${isIPv4(address) ? address : network64(address)}`),
  };
}
export type TargetLimit = ReturnType<typeof createTargetLimit>;

/** The first four groups of an IPv6 address: its /64. */
function network64(address: string): string {
  const [start = [], end = []] = address.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array<string>(8 - start.length - end.length).fill('0');
  const groups = [...start, ...zeros, ...end].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16)).join(':');
}
