/** A target that the operator lets through the guard. */
export type Exemption =
  /** `host:port` of a private model server: plain http is fine, the name resolves by the system. */
  | { hostPort: string }
  /** The one path of our own host that may be called, where it is really dialled, and how it knows our calls. */
  | { urlPrefix: string; dialOrigin: () => string; headers: Readonly<Record<string, string>> };

export interface EgressPolicy {
  allowPlainHttp: boolean;
  /** Ports an endpoint may have; 80 comes with `allowPlainHttp`. */
  ports: ReadonlySet<number>;
  /** Our own names and addresses: never a target, nor is a name below them. */
  ownHosts: readonly string[];
  /** Addresses and CIDRs that the operator denies besides the special ranges. */
  deny: readonly string[];
  exempt: readonly Exemption[];
  /** Calls to one host or address in a minute, over all visitors; exempt targets are not counted. */
  callsPerMinutePerTarget: number;
  userAgent: string;
}

/** The usual ports of model servers and of https. */
export const DEFAULT_PORTS: ReadonlySet<number> = new Set([
  443, 1234, 3000, 4000, 5000, 8000, 8001, 8080, 8081, 8443, 8888, 9443, 11434,
]);

/** The exemption that covers this address, if any. */
export function exemptionFor(url: URL, port: number, exempt: readonly Exemption[]): Exemption | null {
  const hostPort = `${url.hostname}:${port}`;
  const covers = (exemption: Exemption) =>
    'hostPort' in exemption ? exemption.hostPort.toLowerCase() === hostPort : isWithin(url, exemption.urlPrefix);
  return exempt.find(covers) ?? null;
}

/** Whole segments of the path: a prefix covers itself and what is below it, with or without a slash at its end. */
function isWithin(url: URL, urlPrefix: string): boolean {
  const prefix = new URL(urlPrefix).href.replace(/\/$/, '');
  return url.href === prefix || url.href.startsWith(`${prefix}/`);
}
