import type { Item } from '../../tags.js';
import { type Frame, frameOf } from '../frame.js';
import { apart } from './apart.js';
import { belongTogether } from './belong-together.js';
import { piecesOf } from './pieces.js';
import { isOpen, scopeOf } from './scope.js';

/**
 * Splits a question into the things asked. Every joint may part two questions; whether it does depends on what stands
 * on both sides: "p95 and p99 latency" is one, "p95 latency, and which failed?" is two.
 */
export function clausesOf(items: readonly Item[]): Frame[] {
  const pieces = piecesOf(items);
  const scope = scopeOf(pieces);
  const clauses: Frame[] = [];
  for (const piece of pieces) {
    const last = clauses.at(-1);
    const next = frameOf(piece.items);
    if (last && belongTogether(last, next, piece.joint))
      clauses.splice(-1, 1, frameOf([...last.items, ...piece.said, ...piece.items]));
    else clauses.push(next);
  }
  return clauses
    .map((frame, at) => (at > 0 && isOpen(frame) ? frameOf([...scope, ...frame.items]) : frame))
    .flatMap(apart);
}
