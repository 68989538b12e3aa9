import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { KEY_ID_BYTES, type KeyRing, type MasterKey } from './key-ring.js';

const LABEL = 'ftl-atlas/provider-key/v1';
const VERSION = 1;
const CIPHER = 'aes-256-gcm';
const SALT_BYTES = 32;
const NONCE_BYTES = 12;
/** Always given to the cipher: without it Node accepts a tag that was cut to 4 bytes. */
const TAG_BYTES = 16;
/** A key's length tells its provider, so all are padded to a multiple of this. */
const BLOCK_BYTES = 512;
const LENGTH_BYTES = 2;

/** What a sealed key is bound to. Change one of these in the database and the key no longer opens. */
export interface Binding {
  sessionId: string;
  /** Where the key may be sent. */
  endpointUrl: string;
  modelId: string;
  expiresAt: Date;
}

/**
 * Seals a visitor's key so that it takes our master key, the visitor's session token and the row to open it:
 * AES-256-GCM under a key that HKDF-SHA256 (RFC 5869) derives from master ‖ token and a random salt.
 *
 * A record is: version (1 byte) ‖ master key id (8) ‖ salt (32) ‖ nonce (12) ‖ tag (16) ‖ ciphertext.
 */
export class Vault {
  readonly #ring: KeyRing;

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  seal(secret: string, token: Buffer, binding: Binding): Buffer {
    const [master] = this.#ring;
    const salt = randomBytes(SALT_BYTES);
    const nonce = randomBytes(NONCE_BYTES);
    const key = deriveKey(master, token, salt, binding.sessionId);
    const plaintext = pad(secret);
    try {
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(additionalData(master.id, binding));
      const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), master.id, salt, nonce, cipher.getAuthTag(), ciphertext]);
    } finally {
      key.fill(0);
      plaintext.fill(0);
    }
  }

  /** Null where the record was changed, belongs elsewhere, or was sealed under a master key that is gone. */
  open(record: Uint8Array, token: Buffer, binding: Binding): string | null {
    const { version, keyId, salt, nonce, tag, ciphertext } = unpack(record);
    const master = this.#find(keyId);
    if (version !== VERSION || tag.length !== TAG_BYTES || !master) return null;
    const key = deriveKey(master, token, salt, binding.sessionId);
    try {
      const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(additionalData(master.id, binding));
      decipher.setAuthTag(tag);
      return unpad(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
    } catch {
      return null;
    } finally {
      key.fill(0);
    }
  }

  /** Whether the record's master key is still in the ring. */
  knows(record: Uint8Array): boolean {
    return this.#find(unpack(record).keyId) !== undefined;
  }

  #find(keyId: Buffer): MasterKey | undefined {
    return this.#ring.find(({ id }) => id.equals(keyId));
  }
}

function unpack(record: Uint8Array) {
  let offset = 0;
  const take = (length?: number) => {
    const start = offset;
    offset = length === undefined ? record.length : start + length;
    return Buffer.from(record.subarray(start, offset));
  };
  return {
    version: take(1)[0],
    keyId: take(KEY_ID_BYTES),
    salt: take(SALT_BYTES),
    nonce: take(NONCE_BYTES),
    tag: take(TAG_BYTES),
    ciphertext: take(),
  };
}

function deriveKey(master: MasterKey, token: Buffer, salt: Buffer, sessionId: string): Buffer {
  const material = Buffer.concat([master.secret, token]);
  try {
    return Buffer.from(hkdfSync('sha256', material, salt, `${LABEL}/${sessionId}`, 32));
  } finally {
    material.fill(0);
  }
}

/** A hash over each part with its length: no two bindings give the same bytes. */
function additionalData(keyId: Buffer, { sessionId, endpointUrl, modelId, expiresAt }: Binding): Buffer {
  const hash = createHash('sha256');
  for (const part of [LABEL, keyId.toString('hex'), sessionId, endpointUrl, modelId, expiresAt.toISOString()]) {
    hash.update(`${Buffer.byteLength(part)}:${part}`);
  }
  return hash.digest();
}

function pad(secret: string): Buffer {
  const text = Buffer.from(secret, 'utf8');
  const padded = Buffer.alloc(Math.ceil((LENGTH_BYTES + text.length) / BLOCK_BYTES) * BLOCK_BYTES);
  padded.writeUInt16BE(text.length);
  text.copy(padded, LENGTH_BYTES);
  text.fill(0);
  return padded;
}

function unpad(padded: Buffer): string {
  const end = LENGTH_BYTES + padded.readUInt16BE(0);
  const secret = padded.toString('utf8', LENGTH_BYTES, end);
  padded.fill(0);
  return secret;
}
