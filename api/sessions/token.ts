import { createHash, createHmac, randomBytes } from 'node:crypto';

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
 * What a session knows its client's address by: not the address, nor a hash that two databases would share.
 * `secret` stays the same when the process starts again or its master key changes, so that a living session keeps its
 * place. `address` is normalised, IPv6 to its /64.
 */
export function hashAddress(secret: Uint8Array, address: string): string {
  return createHmac('sha256', secret).update(address).digest('base64url');
}
