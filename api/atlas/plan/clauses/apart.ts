import type { Item } from '../../tags.js';
import { excludeEachOther, sortOf } from '../conditions.js';
import { type Frame, frameOf } from '../frame.js';
import { separateShares } from './separate-shares.js';

/** One clause that asks for two things at once, as a clause for each. */
export function apart(clause: Frame): Frame[] {
  return [clause].flatMap(oppositeEnds).flatMap(separateLists).flatMap(separateShares);
}

/** "the shortest and longest replies": one question for each end. */
function oppositeEnds(frame: Frame): Frame[] {
  const orders = frame.items.filter(({ tag }) => tag.kind === 'order' && !tag.all && !tag.weak);
  const [first, second, ...more] = orders;
  if (first === undefined || second === undefined || more.length > 0) return [frame];
  if (!opposed(first, second) || comparesGroups(frame) || isTopOf(frame, first, second)) return [frame];
  const plural = orders.some(({ words }) => /s$/.test(words));
  const without = (left: Item) =>
    frame.items
      .filter((item) => item !== left)
      .map((item) => (item.tag.kind === 'order' ? { ...item, tag: { ...item.tag, plural } } : item));
  return [second, first].map((left) => frameOf(without(left)));
}

function opposed({ tag: first }: Item, { tag: second }: Item): boolean {
  const directions = [first, second].map((tag) => (tag.kind === 'order' ? tag.direction : null));
  return [
    ['asc', 'desc'],
    ['best', 'worst'],
  ].some((ends) => ends.every((end) => directions.some((direction) => direction === end)));
}

/** "how much slower is the slowest of travel than the fastest of hr": one end of each. */
const comparesGroups = (frame: Frame) =>
  (frame.has.has('relation') || frame.has.has('versus')) &&
  frame.narrowings.filter(({ where }) => sortOf(where) === 'category').length > 1;

/** "top 4 fastest": of which order the top is, the other one says. */
function isTopOf({ items }: Frame, first: Item, second: Item): boolean {
  const [top, count, order] = items.slice(items.indexOf(first));
  return top?.words === 'top' && count?.tag.kind === 'quantity' && order === second;
}

/** "list the refusals and the timeouts": no row is both, so each is a list of its own. */
function separateLists(frame: Frame): Frame[] {
  const [first, second, ...more] = frame.narrowings;
  if (first === undefined || second === undefined || more.length > 0 || second.joint !== 'and') return [frame];
  const states = [first, second].every(({ where }) => sortOf(where) === 'state');
  if (!states || !excludeEachOther(first.where, second.where) || !isPlainList(frame)) return [frame];
  return [second, first].map((left) =>
    frameOf(frame.items.filter((item) => item.from !== left.from && item.tag.kind !== 'joint')),
  );
}

const isPlainList = (frame: Frame) =>
  !frame.asks.some((ask) => ask === 'count' || ask === 'share' || ask === 'exists') &&
  frame.metrics.length + frame.orders.length + frame.by.length === 0 &&
  !frame.has.has('versus');
