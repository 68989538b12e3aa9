import type { Item } from '../../tags.js';
import { sortOf } from '../conditions.js';
import { type Frame, frameOf } from '../frame.js';

/** "failure rate of claims against failure rate of compliance": a share of each. */
export function separateShares(frame: Frame): Frame[] {
  const isCategory = ({ tag }: Item) => tag.kind === 'filter' && sortOf(tag.where) === 'category';
  const categories = frame.items.filter(isCategory);
  const opposed = frame.has.has('versus') || frame.compares.length > 0;
  const measures = frame.items.some((item) => item.tag.kind === 'filter' && !isCategory(item));
  if (!frame.asks.includes('share') || !opposed || !measures || categories.length !== 2) return [frame];
  const shared = frame.items.filter(
    (item) => !isCategory(item) && !['versus', 'compare', 'joint'].includes(item.tag.kind),
  );
  const once = shared.filter(
    ({ tag }, at) => shared.findIndex((other) => JSON.stringify(other.tag) === JSON.stringify(tag)) === at,
  );
  return categories.map((category) => frameOf([...once, category]));
}
