import type { Item, Tag } from '../../tags.js';
import { frameOf, type Joint } from '../frame.js';
import { countBegins } from './beside.js';

/** What stands between two joints, and the joint before it. */
export interface Piece {
  joint: Joint;
  /** The word for the joint, where there is one. */
  said: Item[];
  items: Item[];
}

export function piecesOf(items: readonly Item[]): Piece[] {
  const pieces: Piece[] = [{ joint: 'comma', said: [], items: [] }];
  for (const [at, item] of items.entries()) {
    const current = pieces.at(-1) as Piece;
    if (item.tag.kind === 'joint') {
      const begun = { joint: item.tag.joint, said: [item], items: [] };
      if (current.items.length > 0) pieces.push(begun);
      else if (strength(begun.joint) > strength(current.joint)) pieces.splice(-1, 1, begun);
    } else if (asksAgain(current.items, item.tag) || countBegins(items, at, frameOf(current.items)))
      pieces.push({ joint: 'comma', said: [], items: [item] });
    else current.items.push(item);
  }
  return pieces.filter((piece) => piece.items.length > 0);
}

/** The conjunction counts more than the comma before it: ", and", ". Or". */
function strength(joint: Joint): number {
  if (joint === 'or') return 3;
  return joint === 'and' || joint === 'but' || joint === 'then' ? 2 : 1;
}

/** "how many went fine how many errored": dictated without a comma. */
function asksAgain(before: readonly Item[], tag: Tag): boolean {
  if (tag.kind !== 'ask' || !['count', 'which', 'howLong'].includes(tag.ask)) return false;
  const asked = before.some((item) => item.tag.kind === 'ask' && item.tag.ask === tag.ask);
  return asked && before.some((item) => ['filter', 'order', 'metric'].includes(item.tag.kind));
}
