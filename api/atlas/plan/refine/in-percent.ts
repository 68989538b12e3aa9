import type { Item } from '../../tags.js';

/** "how many of the travel prompts failed, as a percentage?", "failure rate of hr, in percent": the unit of the one figure. */
export function inPercent(items: Item[]): Item[] {
  const unit = items.findIndex(({ tag, words }) => tag.kind === 'ask' && tag.ask === 'share' && NAMES_UNIT.test(words));
  const counts = items.filter(({ tag }) => tag.kind === 'ask' && tag.ask === 'count');
  const shares = items.filter(({ tag }) => tag.kind === 'ask' && tag.ask === 'share');
  const [count] = counts;
  if (unit < 0) return items;
  const atAnEnd = isEdge(items[unit - 1]) || isEdge(items[unit + 1]);
  const sharedBefore = items.slice(0, unit).some((item) => shares.includes(item));
  if (sharedBefore && isEdge(items[unit - 1]) && isEdge(items[unit + 1]))
    return items.filter((_, at) => at !== unit && at !== unit - 1);
  const measured = items.some(({ tag }) => ['metric', 'aggregate', 'dimension'].includes(tag.kind));
  if (count === undefined || counts.length > 1 || shares.length > 1 || !atAnEnd || measured) return items;
  const before = isComma(items[unit - 1]) ? unit - 1 : unit;
  const after = isComma(items[unit + 1]) ? unit + 1 : unit;
  return items
    .filter((_, at) => at < before || at > after)
    .map((item) => (item === count ? { ...item, tag: { kind: 'ask', ask: 'share' } } : item));
}

const NAMES_UNIT = /^((in|as|expressed|given)\b|(percent|percentage|pct|%)$)/;
const isEdge = (item: Item | undefined) => item === undefined || item.tag.kind === 'joint';
const isComma = (item: Item | undefined) => item?.tag.kind === 'joint' && item.tag.joint === 'comma';
