import type { Item } from '../../tags.js';
import { any, CONTENT } from '../content.js';
import type { Frame } from '../frame.js';
import { countable } from '../goals/draft.js';
import { parts } from './rule.js';

/** "mean latency and how many": a count beside a figure that is no count itself is a question of its own. */
export const countsBeside = parts(
  (last, next, joint) =>
    joint !== 'slash' &&
    ((measuresUncounted(last) && onlyCounts(next)) || (countsAll(last) && measuresUncounted(next))),
);

/** "mean latency with the number of requests", dictated without a conjunction. */
export function countBegins(items: readonly Item[], at: number, before: Frame): boolean {
  const { tag, words } = items[at] ?? { tag: undefined, words: '' };
  const next = items[at + 1]?.tag.kind;
  const counts =
    tag?.kind === 'ask' && tag.ask === 'count' && !/ing\b/.test(words) && next !== 'metric' && next !== 'aggregate';
  return counts && measuresUncounted(before) && before.metrics.length > 0 && !before.asks.includes('count');
}

/** "list the failed ones and the mean latency": the figure is one of everything, if it says nothing else. */
export const measuresBeside = parts((last, next, joint) => {
  const lists = last.asks.includes('list') || last.asks.includes('show');
  const listed = lists && last.narrowings.length > 0 && !any(last, MEASURED) && namesSeveral(last);
  const alone = next.narrowings.length + next.prompts.length + next.references.length + next.cues.length === 0;
  return joint === 'and' && listed && alone && next.metrics.length > 0 && next.aggregates.length > 0;
});

/** "the failed ones", "the refusals" */
const namesSeveral = (frame: Frame) =>
  frame.entities.some(({ plural }) => plural) ||
  frame.items.some(({ tag, words }) => tag.kind === 'filter' && tag.noun !== true && /[^s]s$/.test(words));

const MEASURED = new Set(['metric', 'aggregate', 'order', 'compare', 'dimension', 'versus'] as const) as ReadonlySet<
  Item['tag']['kind']
>;
const COUNTING = new Set([...CONTENT].filter((kind) => kind !== 'ask' && kind !== 'reference'));

const measuresUncounted = (frame: Frame) =>
  frame.aggregates.length > 0 &&
  frame.aggregates.every((aggregate) => aggregate !== 'sum') &&
  !frame.asks.includes('count') &&
  !frame.metrics.some(countable);

const onlyCounts = (frame: Frame) => frame.asks.includes('count') && !any(frame, COUNTING);
const countsAll = (frame: Frame) => onlyCounts(frame) && frame.entities.some(({ plural }) => plural === true);
