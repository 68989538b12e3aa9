import type { Item, Tag } from '../tags.js';

const FLAG_NOUN = /^(flags?|attributes?|propert(y|ies)|markers?|indicators?|bits?)$/;
const YES = /^(true|yes|1|set|on|one)$/;
const NO = /^(false|no|0|zero|unset|off)$/;

/** "incomplete = true", "the truncated flag is set", "asks back to the user": what stands beside a flag completes it. */
export function flagsCompleted(items: readonly Item[]): Item[] {
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at] as Item;
    const last = out.at(-1);
    const next = items[at + 1];
    if (FLAG_NOUN.test(item.words) && (isFlag(last) || isFlag(next))) continue;
    const named = isFlag(last) && /^(set|raised|on)$/.test(item.words) && FLAG_NOUN.test(items[at - 1]?.words ?? '');
    if (named || (asksPeople(last) && namesPeople(item, last))) continue;
    const value = isFlag(last) ? valueAt(items, at) : null;
    if (last?.tag.kind === 'filter' && value !== null) {
      out[out.length - 1] = withValue(last, value.is);
      at += value.size - 1;
    } else out.push(item);
  }
  return out;
}

/** "how many output tokens did that cost us", "which one costs more tokens": what they cost is tokens. */
export function costsInTokens(items: readonly Item[]): Item[] {
  return items.map((item, at) => {
    const cost = item.tag.kind === 'refused' && item.tag.topic === 'cost' && /^cost(s|ing)?$/.test(item.words);
    const clause = items.slice(items.findLastIndex(({ tag }, index) => index < at && tag.kind === 'joint') + 1, at);
    const counted = clause.findIndex(({ tag }) => tag.kind === 'ask' && tag.ask === 'count');
    const of = counted < 0 ? undefined : clause[counted + 1]?.tag;
    const tokens = of?.kind === 'metric' && /tokens$/i.test(of.metric);
    return cost && (tokens || countsTokens(items, at + 1)) ? { ...item, tag: { kind: 'usage' } } : item;
  });
}

/** "more tokens", "the most output tokens" */
function countsTokens(items: readonly Item[], at: number): boolean {
  const [how, of] = [items[at]?.tag, items[at + 1]?.tag];
  const counted = how?.kind === 'compare' || how?.kind === 'order' || how?.kind === 'relation';
  return counted && of?.kind === 'metric' && /tokens$/i.test(of.metric);
}

const FLAGS = new Set(['truncated', 'incomplete', 'asksFollowUp', 'refusal', 'empty']);

const isFlag = (item: Item | undefined) =>
  item?.tag.kind === 'filter' && 'field' in item.tag.where && FLAGS.has(item.tag.where.field);

/** "= false", ": yes", "is true". */
function valueAt(items: readonly Item[], at: number): { is: boolean; size: number } | null {
  const sign = items[at]?.tag;
  const signed = (sign?.kind === 'compare' && sign.op === '=') || items[at]?.words === ':';
  const value = items[signed ? at + 1 : at]?.words ?? '';
  const plain = signed || /^(true|false)$/.test(value);
  if (!plain || !(YES.test(value) || NO.test(value))) return null;
  return { is: YES.test(value), size: signed ? 2 : 1 };
}

function withValue(item: Item, is: boolean): Item {
  const { tag } = item;
  if (tag.kind !== 'filter' || is || !('field' in tag.where)) return item;
  return { ...item, tag: { ...tag, where: { ...tag.where, value: tag.where.value !== true } } as Tag };
}

const asksPeople = (item: Item | undefined) =>
  item?.tag.kind === 'filter' && 'field' in item.tag.where && item.tag.where.field === 'asksFollowUp';

/** The person who is asked back stands right behind: "a question for the user". */
const namesPeople = (item: Item, last: Item | undefined) =>
  item.tag.kind === 'refused' && item.tag.topic === 'other_people' && item.from - (last?.to ?? 0) <= 3;
