import { DISGUISES } from './disguises.js';

/** A piece of so many characters of a key, as it is written somewhere, counts as a leak. */
const PIECE = 12;
const BASE = 31;
/** The factor of the character that leaves the window. */
const OLDEST = Array.from({ length: PIECE - 1 }).reduce<number>((power) => Math.imul(power, BASE), 1);

/**
 * Finds pieces of a key in any of its disguises, in either case, in time linear in the text: a hash rolls over it.
 * @returns the place of the first piece; -1 where there is none
 */
export function createNeedles(key: string): (text: string) => number {
  const pieces = new Set<string>();
  for (const write of Object.values(DISGUISES)) {
    const form = write(key).toLowerCase();
    for (let at = 0; at + PIECE <= form.length; at += 1) pieces.add(form.slice(at, at + PIECE));
  }
  const maybe = new Uint8Array(1 << 16);
  for (const piece of pieces) maybe[hashOf(piece) & 0xffff] = 1;

  return (given) => {
    const text = given.toLowerCase();
    let hash = hashOf(text.slice(0, PIECE));
    for (let at = 0; at + PIECE <= text.length; at += 1) {
      if (maybe[hash & 0xffff] === 1 && pieces.has(text.slice(at, at + PIECE))) return at;
      const without = hash - Math.imul(text.charCodeAt(at), OLDEST);
      hash = (Math.imul(without, BASE) + text.charCodeAt(at + PIECE)) | 0;
    }
    return -1;
  };
}

function hashOf(piece: string): number {
  let hash = 0;
  for (let at = 0; at < piece.length; at += 1) hash = (Math.imul(hash, BASE) + piece.charCodeAt(at)) | 0;
  return hash;
}
