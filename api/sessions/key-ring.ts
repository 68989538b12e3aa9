import { createHash, randomBytes } from 'node:crypto';

const MASTER_KEY_BYTES = 32;
/** Bytes of a key's public name: enough to tell the keys of one ring apart. */
export const KEY_ID_BYTES = 8;
/** Of 32 random bytes fewer never differ in practice: the chance is below 1 in 10^35. */
const MIN_DIFFERENT_BYTES = 8;

export interface MasterKey {
  /** Names the key in a sealed record without telling anything of it. */
  id: Buffer;
  secret: Buffer;
}

/** Master keys: the first seals, all open. So an old one can stay until the last session that it sealed is over. */
export type KeyRing = readonly [MasterKey, ...MasterKey[]];

/**
 * Reads keys of 32 bytes, base64 or hex, separated by commas or lines.
 *
 * @returns null where there is none, or one that is not 32 bytes
 */
export function parseKeyRing(text: string): KeyRing | null {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const [first, ...others] = words.map(decode);
  const rest = others.filter((secret) => secret !== null);
  if (!first || rest.length !== others.length) return null;
  return [toMasterKey(first), ...rest.map(toMasterKey)];
}

/** A ring for one life of the process: what it sealed, no later process can open. */
export function randomKeyRing(): KeyRing {
  return [toMasterKey(randomBytes(MASTER_KEY_BYTES))];
}

/** Whether a key cannot be random: one byte or a short pattern again and again, as examples and blanks have it. */
export function isGuessable({ secret }: MasterKey): boolean {
  return new Set(secret).size < MIN_DIFFERENT_BYTES;
}

function decode(word: string): Buffer | null {
  const isHex = /^[0-9a-f]{64}$/i.test(word);
  const isBase64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(word);
  if (!isHex && !isBase64) return null;
  return Buffer.from(word, isHex ? 'hex' : 'base64');
}

function toMasterKey(secret: Buffer): MasterKey {
  const id = createHash('sha256').update('ftl-atlas/master-key-id/v1\0').update(secret).digest();
  return { id: id.subarray(0, KEY_ID_BYTES), secret };
}
