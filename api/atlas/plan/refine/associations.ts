import type { Item, MetricName } from '../../tags.js';

const ELSEWISE =
  /^(ask|quantity|prompts|versus|relation|aggregate|order|metric|association|by|dimension|ordinal|text)$/;

/** "are longer answers slower?", "do bigger prompts take longer?": one degree with another, which is an association. */
export function associations(said: Item[]): Item[] {
  const items = withNamedDegree(said);
  const [first, second, ...more] = items.filter(({ tag }) => tag.kind === 'compare');
  if (first === undefined || second === undefined || more.length > 0) return said;
  if (items.some(({ tag, words }) => ELSEWISE.test(tag.kind) || /\bthan\b/.test(words))) return said;
  const named = items[items.indexOf(first) + 1]?.tag;
  if (named?.kind !== 'entity' || named.entity === 'one' || named.entity === 'run' || !named.plural) return said;
  const asWritten = named.entity === 'prompt' ? 'inputTokens' : 'length';
  const [of, by] = [degreeOf(first, asWritten), degreeOf(second, 'latencyMs')];
  if (of === null || by === null || of === by) return said;
  return items.flatMap((item): Item[] => {
    if (item === first) return [{ ...item, tag: { kind: 'metric', metric: of } }];
    if (item === second)
      return [
        { ...item, tag: { kind: 'association' } },
        { ...item, tag: { kind: 'metric', metric: by } },
      ];
    return item.tag.kind === 'entity' || item.tag.kind === 'waiting' ? [] : [item];
  });
}

/** "longer" is of the text before the noun, and of the time behind it. */
function degreeOf({ tag }: Item, open: MetricName): MetricName | null {
  if (tag.kind !== 'compare' || tag.op === '=' || tag.op === 'between') return null;
  return tag.metric === undefined || tag.metric === 'longest' || tag.metric === 'length' ? open : tag.metric;
}

/** "more tokens": the degree takes the name of what it is of. */
const withNamedDegree = (items: readonly Item[]): Item[] =>
  items.flatMap((item, at): Item[] => {
    const [before, next] = [items[at - 1]?.tag, items[at + 1]?.tag];
    if (item.tag.kind === 'metric' && isBare(before)) return [];
    return isBare(item.tag) && next?.kind === 'metric' && item.tag.kind === 'compare'
      ? [{ ...item, tag: { ...item.tag, metric: next.metric } }]
      : [item];
  });

const isBare = (tag: Item['tag'] | undefined) => tag?.kind === 'compare' && tag.metric === undefined;
