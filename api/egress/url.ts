import { isIP } from 'node:net';
import { LIMITS } from '../contract/limits.js';
import type { ClassifyAddress } from './addresses.js';
import { EgressError } from './errors.js';
import { type EgressPolicy, type Exemption, exemptionFor } from './policy.js';

/** An address that passed the URL policy. What its name resolves to is checked when it is dialled. */
export interface Target {
  url: URL;
  /** Without the brackets of an IPv6 literal and without a trailing dot. */
  host: string;
  exemption: Exemption | null;
}

const MAX_PATH = 1024;
const MAX_QUERY = 512;
const MAX_NAME = 253;

/** White space, controls, invisible and direction-changing characters, and the backslash that browsers read as a slash. */
const DECEPTIVE = /[\s\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\\]/u;
const SHAPE = /^https?:\/\/(?<authority>[^/?#]+)(?<path>\/[^?#]*)?(?<query>\?[^#]*)?$/i;
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
/** An internationalised name as registries allow it, before it is turned into its ASCII form. */
const INTERNATIONAL = /^[\x21-\x7e\p{L}\p{M}\p{Nd}\u3002]+$/u;

/** Special-use names (RFC 6761, 6762, 7686, 8375, 9476) and what clusters, clouds and home networks call themselves. */
const DENIED_NAMES = [
  'alt',
  'arpa',
  'bit',
  'consul',
  'corp',
  'docker',
  'example',
  'home',
  'i2p',
  'internal',
  'intranet',
  'invalid',
  'k8s',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'onion',
  'private',
  'svc',
  'test',
];

/** Judges the text of an address, before any look-up. Throws an EgressError of type `blocked_address`. */
export function inspectUrl(text: string, policy: EgressPolicy, classify: ClassifyAddress): Target {
  const { url, writtenHost } = parse(text);
  const port = portOf(url);
  const exemption = exemptionFor(url, port, policy.exempt);
  const host = withoutBrackets(url.hostname).replace(/\.$/, '');
  if (exemption !== null) return { url, host, exemption };

  refuseObfuscation(url, writtenHost);
  if (isIP(host) === 0) refuseName(host, policy.ownHosts);
  else refuseLiteral(host, writtenHost, classify);
  refuseSchemeAndPort(url, port, policy);
  if (url.hostname.endsWith('.')) url.hostname = host;
  return { url, host, exemption };
}

/** An IPv6 literal as a URL has it, or any other host. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

function parse(text: string): { url: URL; writtenHost: string } {
  if (text.length > LIMITS.urlCharacters) throw new EgressError('url_too_long');
  if (DECEPTIVE.test(text)) throw new EgressError('url_invalid', { reason: 'deceptive-character' });
  const shape = SHAPE.exec(text)?.groups;
  if (shape === undefined) throw new EgressError('url_invalid', { reason: 'not-an-http-url' });
  const { authority = '', path = '', query = '' } = shape;
  if (authority.includes('@')) throw new EgressError('url_invalid', { reason: 'userinfo' });
  if (authority.includes('%')) throw new EgressError('url_invalid', { reason: 'percent-in-host' });
  if (path.length > MAX_PATH || query.length > MAX_QUERY) throw new EgressError('url_too_long');
  return { url: parsed(text), writtenHost: authority.replace(/:\d*$/, '') };
}

function parsed(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new EgressError('url_invalid', { reason: 'unparseable' });
  }
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** Full-width, circled and other look-alike characters: the parser turns them into an ASCII host that nobody typed. */
function refuseObfuscation(url: URL, writtenHost: string): void {
  if (/^[\x21-\x7e]*$/.test(writtenHost)) return;
  const honest =
    url.hostname.includes('xn--') &&
    INTERNATIONAL.test(writtenHost) &&
    writtenHost.normalize('NFKC') === writtenHost.normalize('NFC');
  if (!honest) throw new EgressError('url_invalid', { reason: 'obfuscated-host' });
}

function refuseLiteral(host: string, writtenHost: string, classify: ClassifyAddress) {
  const isOddForm = isIP(host) === 4 && writtenHost !== host;
  if (isOddForm) throw new EgressError('address_denied', { reason: 'non-canonical-address' });
  const range = classify(host);
  if (range !== null) throw new EgressError('address_denied', { reason: range });
}

function refuseName(host: string, ownHosts: readonly string[]): void {
  const labels = host.split('.');
  if (host.length > MAX_NAME || !labels.every((label) => LABEL.test(label))) {
    throw new EgressError('url_invalid', { reason: 'not-a-host-name' });
  }
  if (labels.length < 2) throw new EgressError('address_denied', { reason: 'single-label-name' });
  if (/^\d|^xn--$/.test(labels.at(-1) ?? '')) throw new EgressError('url_invalid', { reason: 'numeric-top-level' });
  const isWithin = (name: string) => host === name || host.endsWith(`.${name}`);
  if (DENIED_NAMES.some(isWithin)) throw new EgressError('address_denied', { reason: 'special-use-name' });
  if (ownHosts.some(isWithin)) throw new EgressError('address_denied', { reason: 'own-host' });
}

function refuseSchemeAndPort(url: URL, port: number, policy: EgressPolicy): void {
  const isPlain = url.protocol === 'http:';
  if (isPlain && !policy.allowPlainHttp) throw new EgressError('https_required');
  const isUsual = isPlain ? port === 80 || (port !== 443 && policy.ports.has(port)) : policy.ports.has(port);
  if (!isUsual) throw new EgressError('port_denied');
}
