import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.js';

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** The token's 32 bytes; null where it cannot be one. */
export function tokenBytes(token: string): Buffer | null {
  return TOKEN.test(token) ? Buffer.from(token, 'base64url') : null;
}

/** What the database knows a token by. The token has 256 random bits, so a plain hash cannot be turned back. */
export function hashToken(token: Buffer): Buffer {
  return createHash('sha256').update('ftl-atlas/session-token/v1\0').update(token).digest();
}

/**
 * What the database knows a client address by: nobody without our master key can find the address by trying all of
 * them. `address` is normalised, IPv6 to its /64.
 */
export function hashAddress([master]: KeyRing, address: string): string {
  const pepper = Buffer.from(hkdfSync('sha256', master.secret, '', 'ftl-atlas/address-key/v1', 32));
  return createHmac('sha256', pepper).update(address).digest('base64url');
}
