import { BlockList, isIP, isIPv4, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { ClassifyAddress } from './addresses.js';
import { checkAddresses, type Resolve } from './dns.js';
import { EgressError } from './errors.js';
import { toEgressError } from './network-errors.js';
import type { TargetLimit } from './target-limit.js';
import { withoutBrackets } from './url.js';

/** Certificate authorities of a test's own endpoint. */
export interface TlsOptions {
  ca: string;
}

/** Opens a socket to exactly the address that it is given; undici's own, or a test's. */
export type Dial = (options: buildConnector.Options, timeoutMs: number, tls?: TlsOptions) => Promise<Socket>;

/** No TLS session is kept: visitors share nothing. HTTP/2 stays off, whatever a later undici prefers. */
export const dial: Dial = (options, timeoutMs, tls) => {
  const connect = buildConnector({
    ...tls,
    timeout: timeoutMs,
    allowH2: false,
    maxCachedSessions: 0,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
  });
  return new Promise((resolve, reject) => {
    connect(options, (error, socket) => (error === null ? resolve(socket) : reject(error)));
  });
};

export interface ConnectorOptions {
  resolve: Resolve;
  classify: ClassifyAddress;
  targetLimit: TargetLimit;
  dial: Dial;
  tls: TlsOptions | undefined;
  /** Milliseconds for one connection, over all addresses of the name. */
  timeoutMs: number;
}

/**
 * A connector for undici that resolves the name itself at every new connection, refuses it unless every answer is
 * public, and dials one of those answers: nothing is looked up between check and connection. SNI and the certificate
 * stay on the name.
 */
export function createGuardedConnector(options: ConnectorOptions): buildConnector.connector {
  return (request, callback) => {
    connectChecked(request, options).then(
      (socket) => callback(null, socket),
      (error) => callback(toEgressError(error), null),
    );
  };
}

async function connectChecked(request: buildConnector.Options, options: ConnectorOptions): Promise<Socket> {
  const host = withoutBrackets(request.hostname);
  const isLiteral = isIP(host) !== 0;
  const addresses = isLiteral ? [host] : await options.resolve(host);
  checkAddresses(addresses, options.classify);

  const servername = isLiteral ? undefined : host;
  const timeoutMs = Math.ceil(options.timeoutMs / addresses.length);
  let failure: EgressError | null = null;
  for (const address of addresses) {
    options.targetLimit.takeAddress(address);
    try {
      const socket = await options.dial({ ...request, hostname: address, servername }, timeoutMs, options.tls);
      return checkPeer(socket, address, options.classify);
    } catch (error) {
      failure = toEgressError(error);
      if (failure.type === 'tls' || failure.type === 'blocked_address') throw failure;
    }
  }
  throw failure ?? new EgressError('dns_not_found');
}

/** The last look: the socket is really connected to the address that was checked. */
function checkPeer(socket: Socket, address: string, classify: ClassifyAddress): Socket {
  const peer = socket.remoteAddress ?? '';
  if (isSameAddress(peer, address) && classify(address) === null) return socket;
  socket.destroy();
  throw new EgressError('address_denied', { reason: 'unexpected-peer' });
}

/** IPv6 has many spellings of one address. */
function isSameAddress(a: string, b: string): boolean {
  if (isIP(a) === 0 || isIP(a) !== isIP(b)) return false;
  const family = isIPv4(a) ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addAddress(a, family);
  return list.check(b, family);
}
