import type { Condition } from '../../plan.js';
import type { Item } from '../../tags.js';
import { excludeEachOther, sortOf } from '../conditions.js';
import { type Frame, frameOf, type Narrowing } from '../frame.js';
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

/** "list the refusals and the timeouts", "the truncated answers and then the refusals": each is a list of its own. */
function separateLists(frame: Frame): Frame[] {
  const groups = frame.narrowings;
  const last = groups.at(-1);
  const listed = groups.length > 1 && (last?.joint === 'and' || last?.joint === 'then');
  if (!listed || !groups.every(({ where }) => sortOf(where) === 'state') || !isPlainList(frame)) return [frame];
  const [first, second] = groups.map(({ where }) => where) as [Condition, Condition];
  const exclusive = groups.length === 2 && excludeEachOther(first, second) && !frame.asks.includes('count');
  const sequence = groups.length === 2 && last.joint === 'then';
  const gathered =
    frame.asks.includes('which') ||
    frame.references.length > 0 ||
    (frame.has.has('each') && !frame.asks.includes('list'));
  const joints = frame.items.filter(({ tag }) => tag.kind === 'joint').length;
  const named = sequence || groups.every((group) => isNamed(frame, group));
  if (!exclusive && (gathered || !named || joints !== groups.length - 1)) return [frame];
  return groups.map(({ from }) =>
    frameOf(
      frame.items.filter(
        (item) => item.tag.kind !== 'joint' && !groups.some((other) => other.from === item.from && item.from !== from),
      ),
    ),
  );
}

/** "refusals", "the truncated answers": with a noun of its own. */
function isNamed({ items }: Frame, { from }: Narrowing): boolean {
  const at = items.findIndex((item) => item.from === from);
  const noun = items[at + 1]?.tag;
  return /[^s]s$/.test(items[at]?.words ?? '') || (noun?.kind === 'entity' && noun.plural === true);
}

const isPlainList = (frame: Frame) =>
  !frame.asks.some((ask) => ask === 'share' || ask === 'exists') &&
  frame.metrics.length + frame.orders.length + frame.by.length === 0 &&
  !frame.has.has('versus');
