import type { Item, Tag } from '../../tags.js';
import { isOfAnother } from './background.js';
import { isTimeOfDay } from './statement.js';

/** Words for somebody, or some place, of the story. */
const POINTS_BACK = /\b(his|hers?|their|theirs|such|both|there(?<!\b(is|are|was|were) there)(?! (is|are|was|were)))\b/i;
const POINTS =
  /\b(than|over|under|above|below|beyond|past|within|exceed|exceeds|exceeded|after|before) (that|this|it)\b/;

/** Puts the one limit that is stated where the question points at it. */
export function lendLimit(asked: string, story: readonly Item[]): string {
  const limits = story.filter((item, at) => isLimit(item, story[at + 1]));
  const [limit, ...more] = limits;
  if (limit === undefined || more.length > 0) return asked;
  const metric = story[story.indexOf(limit) + 1];
  const figure = metric?.tag.kind === 'metric' ? `${limit.words} ${metric.words}` : limit.words;
  return asked.replace(POINTS, (_, compare: string) => `${compare} ${figure}`);
}

/** A limit is stated that the question does not use: only a figure of all prompts is safe from it. */
export const leavesLimit = (items: readonly Item[], story: readonly Item[]) =>
  story.some((item, at) => isLimit(item, story[at + 1])) &&
  !(items.some(({ tag }) => tag.kind === 'aggregate') && items.every(({ tag }) => tag.kind !== 'filter'));

/** A number that does not count something of the story, and is no time until the meeting. */
const isLimit = (item: Item, next: Item | undefined) =>
  item.tag.kind === 'quantity' && !isTimeOfDay(item) && !(item.tag.unit === null && isOfAnother(next));

/** Measures that leave open what is measured. */
const OPEN = new Set(['length', 'tokens', 'longest', 'speed', 'text']);
const NAMES = new Set<Tag['kind']>([
  'filter',
  'export',
  'summary',
  'raw',
  'outliers',
  'fact',
  'help',
  'text',
  'prompts',
]);

/** Whether the question says itself what it is about. */
export function standsAlone(rest: string, items: readonly Item[], story: readonly Item[]): boolean {
  const metrics = items.flatMap(({ tag }) => (tag.kind === 'metric' || tag.kind === 'order' ? [tag.metric] : []));
  const settled = metrics.some((metric) => metric !== null && !OPEN.has(metric));
  const measured = story.some(({ tag }) => tag.kind === 'metric');
  const named = items.some(({ tag }) => NAMES.has(tag.kind) || (tag.kind === 'entity' && tag.entity !== 'one'));
  const leans = items.some((item, at) => leansOnStory(item, items.slice(0, at)));
  return (
    !leans &&
    !POINTS_BACK.test(rest) &&
    (settled || (!measured && (named || metrics.some((metric) => metric !== null))))
  );
}

/** "how many did each of them fail", "… after that"; "it" may be what the question has named before. */
function leansOnStory({ tag, words }: Item, before: readonly Item[]): boolean {
  if (tag.kind === 'each') return true;
  if (tag.kind !== 'reference' || /\b(run|test|batch|data)$/.test(words)) return false;
  const named = before.some(({ tag }) => NAMES.has(tag.kind) || tag.kind === 'metric' || tag.kind === 'entity');
  return !(named && /^(it|they|them)$/.test(words));
}
