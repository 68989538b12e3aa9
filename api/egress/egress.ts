import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import { createAddressPolicy } from './addresses.js';
import { createGuardedConnector, type Dial, dial as dialAddress, type TlsOptions } from './connector.js';
import { checkAddresses, createResolver, type Resolve } from './dns.js';
import { type Door, openDoor } from './door.js';
import { EgressError } from './errors.js';
import { levelRefusal } from './level-refusals.js';
import { toEgressError } from './network-errors.js';
import type { EgressPolicy } from './policy.js';
import { type CountTogether, createTargetLimit } from './target-limit.js';
import { inspectUrl, withoutBrackets } from './url.js';

/** What one look-up of a name answered. */
interface DnsAnswer {
  A?: readonly string[];
  AAAA?: readonly string[];
}

export interface Verdict {
  verdict: 'allow' | 'block';
  /** The rule that decided, for an operator. */
  reason: string;
}

/** The one door through which every outgoing byte passes. */
export interface Egress {
  /** Judges an address, and what its name answered at each look-up, without any I/O. */
  judge(url: string, lookups?: readonly DnsAnswer[]): Verdict;
  /** The URL policy alone, before any look-up. Rejects with an EgressError. */
  check(url: string): Promise<URL>;
  /** A door to one origin with connections of its own: whoever opens it closes it. `timeoutMs` is for one call. */
  open(options: { origin: string; timeoutMs: number }): Door;
}

export interface EgressOptions {
  policy: EgressPolicy;
  /** How names are resolved; the name servers by default. */
  resolve?: Resolve;
  /** How a checked address is connected to; for tests. */
  dial?: Dial;
  /** Where several processes count the calls to a target; each its own by default. */
  countTogether?: CountTogether;
  /** Trust in a test's own certificates. */
  tls?: TlsOptions;
}

export function createEgress(options: EgressOptions): Egress {
  const { policy, resolve = createResolver(), dial = dialAddress, countTogether, tls } = options;
  const ownAddresses = policy.ownHosts.map(withoutBrackets).filter((host) => isIP(host) !== 0);
  const classify = createAddressPolicy([...policy.deny, ...ownAddresses]);
  const inspect = (url: string) => inspectUrl(url, policy, classify);
  const targetLimit = createTargetLimit({ callsPerMinute: policy.callsPerMinutePerTarget, countTogether });

  return {
    judge(url, lookups = []) {
      try {
        const target = inspect(url);
        if (target.exemption !== null) return { verdict: 'allow', reason: 'exempt' };
        for (const { A = [], AAAA = [] } of lookups) checkAddresses([...A, ...AAAA], classify);
        return { verdict: 'allow', reason: 'public' };
      } catch (error) {
        if (error instanceof EgressError) return { verdict: 'block', reason: error.reason ?? error.code };
        throw error;
      }
    },
    async check(url) {
      const startedAt = performance.now();
      try {
        return inspect(url).url;
      } catch (error) {
        throw await levelRefusal(toEgressError(error), startedAt);
      }
    },
    open: ({ origin, timeoutMs }) =>
      openDoor({
        origin,
        timeoutMs,
        inspect,
        connect: createGuardedConnector({ resolve, classify, targetLimit, dial, tls, timeoutMs }),
        connectExempt: buildConnector({ ...tls, timeout: timeoutMs, allowH2: false, maxCachedSessions: 0 }),
        targetLimit,
        userAgent: policy.userAgent,
      }),
  };
}
