import type { Row } from '../../../contract/row.js';
import { aggregate, metricValues } from '../../../results/aggregate.js';
import type { Condition, Conversation } from '../../plan.js';
import { select } from '../../select.js';
import type { Item } from '../../tags.js';
import { fieldOf, sortOf } from '../conditions.js';
import { moreIsBetter } from '../goals/metrics.js';
import { merged } from '../refine/merge.js';

/** "what share of the python prompts is affected?": by what the last answer was about. */
export function affected(items: readonly Item[], before: Conversation): Item[] {
  const states = (before.query?.where ?? []).filter((condition) => ['state', 'metric'].includes(sortOf(condition)));
  const [where, ...more] = states;
  const said = !before.lost && where !== undefined && more.length === 0 && !('not' in where);
  return items.map((item) =>
    said &&
    item.tag.kind === 'unknown' &&
    /^(affected|impacted|afflicted|stricken|struck|concerned|involved)$/.test(item.words)
      ? { ...item, tag: { kind: 'filter', where } }
      : item,
  );
}

/** "which needed more than one?" after the number of attempts: more than one of these. */
export function ofAttempts(items: readonly Item[], { query, lost }: Conversation): Item[] {
  const measures = query?.goal === 'statistic' && !lost ? query.measures : [];
  const counted = measures.length > 0 && measures.every(({ metric }) => metric === 'attempts');
  return items.map((item, at) => {
    const [before, next] = [items[at - 1]?.tag, items[at + 1]?.tag];
    const bare = item.tag.kind === 'quantity' && item.tag.unit === null && next?.kind !== 'metric';
    if (!counted || !bare || item.tag.kind !== 'quantity' || before?.kind !== 'compare') return item;
    return { ...item, tag: { ...item.tag, unit: 'attempts' } };
  });
}

/** "which are slower than that?" after one figure: the limit is this figure. */
export function thanThat(said: readonly Item[], before: Conversation, rows: readonly Row[]): Item[] {
  const items = judged(heldAgainst(said), before);
  const at = items.findIndex(({ tag }, index) => tag.kind === 'compare' && isThat(items[index + 1]));
  const [compare, that] = [items[at], items[at + 1]];
  const query = before.query;
  const [measure, ...more] = query?.goal === 'statistic' ? query.measures : [];
  const narrowed = query?.where.some((condition) => fieldOf(condition) !== 'number') === true;
  const alone =
    !narrowed &&
    items.every(
      ({ tag }, index) => index === at || index === at + 1 || ['ask', 'entity', 'joint', 'cue'].includes(tag.kind),
    );
  const asked = items.some(({ tag }) => tag.kind === 'ask' || (tag.kind === 'entity' && tag.plural));
  if (compare?.tag.kind !== 'compare' || that === undefined || !alone || !asked) return [...said];
  if (query == null || measure === undefined || more.length > 0 || before.lost) return [...said];
  const { op, metric: named } = compare.tag;
  const timed = measure.metric === 'latencyMs' || measure.metric === 'firstTokenMs';
  const agrees = named === undefined || named === measure.metric || (named === 'latencyMs' && timed);
  const value = aggregate(metricValues(select(rows, query.where), measure.metric), measure.aggregate);
  if (!agrees || value === null || op === 'between' || op === '=') return [...said];
  if (measure.aggregate === 'sum' || measure.aggregate === 'stddev' || measure.aggregate === 'range') return [...said];
  const where: Condition = { field: measure.metric, op, value };
  return [...items.slice(0, at), merged({ kind: 'filter', where }, [compare, that]), ...items.slice(at + 2)];
}

/** "which ones are above that?" where no target was declared: the figure is the limit. */
function heldAgainst(items: readonly Item[]): Item[] {
  if (items.some(({ tag }) => tag.kind === 'target')) return [...items];
  return items.flatMap((item): Item[] => {
    const side = /\b(over|beyond|above|past|within|inside|under|below) (it|that)$/.exec(item.words)?.[1];
    if (item.tag.kind !== 'meets' || side === undefined) return [item];
    const middle = item.to - 1;
    const compare: Item = { ...item, tag: { kind: 'compare', op: item.tag.met ? '<' : '>' }, words: side, to: middle };
    return [
      compare,
      { tag: { kind: 'reference', number: 'one', weak: true }, words: 'that', from: middle, to: item.to },
    ];
  });
}

/** "any other prompt worse than that?": worse is slower, or more tries, where a time or tries were spoken of. */
function judged(items: readonly Item[], { query }: Conversation): Item[] {
  const [measure] = query?.goal === 'statistic' ? query.measures : [];
  const more = measure === undefined ? null : moreIsBetter(measure.metric);
  const at = items.findIndex(
    ({ tag, words }, index) =>
      tag.kind === 'refused' && /^(worse|better)$/.test(words) && items[index + 1]?.words === 'than',
  );
  const [word, than] = [items[at], items[at + 1]];
  if (more === null || word === undefined || than === undefined || !isThat(items[at + 2])) return [...items];
  const op = (word.words === 'better') === more ? '>' : '<';
  return [
    ...items.slice(0, at).filter(({ words }) => words !== 'other'),
    merged({ kind: 'compare', op }, [word, than]),
    ...items.slice(at + 2),
  ];
}

const isThat = (item: Item | undefined) => item?.tag.kind === 'reference' && /^(that|this|it)$/.test(item.words);
