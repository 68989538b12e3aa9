import type { Condition } from '../../plan.js';
import type { Item, Tag } from '../../tags.js';
import { complementOf } from '../conditions.js';

/** "missed the run" speaks of no target. */
const NAMES_TARGET = /\b(it|that|this|target|slo|sla|goal|objective|limit|requirement|spec|bar)$/;

/** "Our SLO is an answer within 5 s. What share made it?": the limit is stated first and used afterwards. */
export function declaredLimits(items: Item[]): Item[] {
  const start = items.findIndex(({ tag }) => tag.kind === 'target');
  const asksFor = items.some(({ tag }) => tag.kind === 'ask' && tag.ask === 'howLong');
  const covers = items.some(({ tag }) => tag.kind === 'quantity' && tag.unit === 'percent');
  if (start >= 0 && asksFor && covers) return items.filter(({ tag }) => tag.kind !== 'target');
  if (start < 0) return items.filter(({ tag, words }) => tag.kind !== 'meets' || NAMES_TARGET.test(words));
  const stop = items.findIndex(({ tag }, at) => at > start && tag.kind === 'joint' && tag.joint !== 'and');
  const stated = items.slice(start + 1, stop).filter(({ tag }) => tag.kind !== 'entity' && tag.kind !== 'waiting');
  const compare = stated.length === 2 ? stated[0]?.tag : undefined;
  const quantity = stated.at(-1)?.tag;
  const rest = items.slice(stop + 1);
  const used = rest.filter(({ tag }) => tag.kind === 'meets');
  if (stop < 0 || start > 0 || stated.length > 2 || used.length !== 1) return items;
  if (quantity?.kind !== 'quantity' || quantity.unit !== 'ms') return items;
  if (stated.length === 2 && !(compare?.kind === 'compare' && (compare.op === '<' || compare.op === '<=')))
    return items;
  const op = compare?.kind === 'compare' && compare.op === '<' ? '<' : '<=';
  const within: Condition = { field: 'latencyMs', op, value: quantity.value };
  return rest.map((item) => (item.tag.kind === 'meets' ? { ...item, tag: limitOf(item.tag, within) } : item));
}

const limitOf = (tag: Extract<Tag, { kind: 'meets' }>, within: Condition): Tag => ({
  kind: 'filter',
  where: tag.met ? within : complementOf(within),
});
