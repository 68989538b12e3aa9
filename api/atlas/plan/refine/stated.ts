import type { Item } from '../../tags.js';
import { fieldOf } from '../conditions.js';
import { NEVER_ASIDE } from './asides.js';

/** "Users give up after 1.5 s. Which answers were slower than that?": the limit is the one figure stated before. */
export function statedLimits(items: readonly Item[]): Item[] {
  const at = items.findIndex(({ tag }, index) => tag.kind === 'compare' && isThat(items[index + 1]));
  const stop = items
    .slice(0, Math.max(at, 0))
    .findLastIndex(({ tag }) => tag.kind === 'joint' && (tag.joint === 'stop' || tag.joint === 'comma'));
  const before = items.slice(0, Math.max(stop, 0));
  const [figure, ...more] = before.filter(({ tag }) => tag.kind === 'quantity');
  const asked = before.some(
    ({ tag }) =>
      ['filter', 'metric', 'aggregate', 'prompts', 'dimension', 'order', 'target'].includes(tag.kind) ||
      (tag.kind === 'unknown' && !tag.english) ||
      (tag.kind === 'refused' && NEVER_ASIDE.has(tag.topic)) ||
      (tag.kind === 'ask' && tag.ask !== 'list' && tag.ask !== 'show'),
  );
  if (figure?.tag.kind !== 'quantity' || figure.tag.unit === null || more.length > 0 || asked) return [...items];
  return items
    .slice(stop + 1)
    .map((item, index) => (index === at - stop ? { ...figure, from: item.from, to: item.to } : item));
}

const isThat = (item: Item | undefined) => item?.tag.kind === 'reference' && /^(that|this|it)$/.test(item.words);

/** "my team owns support, so the two fastest of that category": the category that has just been named. */
export function namedGroup(items: readonly Item[]): Item[] {
  return items.filter((item, at) => {
    const points = (index: number) =>
      items[index]?.tag.kind === 'reference' &&
      /\b(that|this)$/.test(items[index]?.words ?? '') &&
      items[index + 1]?.tag.kind === 'dimension' &&
      items.slice(0, index).some(({ tag }) => tag.kind === 'filter' && fieldOf(tag.where) === 'category');
    return !points(at) && !(item.tag.kind === 'dimension' && points(at - 1));
  });
}

/** "how many refusals and how many timeouts? I want to see which is higher": the two counts say it. */
export function whichIsMore(items: Item[]): Item[] {
  const which = items.findLastIndex(
    ({ tag, words }) => tag.kind === 'ask' && (tag.ask === 'which' || /\bwhich$/.test(words)),
  );
  const [before, last] = [items.slice(0, Math.max(which, 0)), items.slice(which + 1)];
  const counts = before.filter(({ tag }) => tag.kind === 'ask' && tag.ask === 'count').length;
  const counted = before.filter(({ tag }) => tag.kind === 'filter').length;
  const compares = last.some(
    ({ tag }) => (tag.kind === 'compare' && tag.than === true) || (tag.kind === 'order' && tag.metric === null),
  );
  const nothingNew = last.every(
    ({ tag }) =>
      ['compare', 'order', 'joint', 'aside', 'entity', 'reference'].includes(tag.kind) ||
      (tag.kind === 'ask' && tag.ask === 'exists'),
  );
  return counts > 1 && counted > 1 && compares && nothingNew ? before : items;
}

/** "tokens of the prompts, not the answers": what is turned down was not asked for in the first place. */
export function otherHalf(items: Item[]): Item[] {
  const asked = items.some(({ tag }) => tag.kind === 'metric' && tag.metric === 'inputTokens')
    ? 'response'
    : items.some(({ tag }) => tag.kind === 'metric' && tag.metric === 'outputTokens')
      ? 'prompt'
      : null;
  const at = items.findIndex(({ tag }, index) => {
    const next = items[index + 1]?.tag;
    return tag.kind === 'negation' && !tag.after && next?.kind === 'entity' && next.entity === asked;
  });
  const ends = items[at + 2] === undefined || items[at + 2]?.tag.kind === 'joint';
  if (asked === null || at < 0 || !ends) return items;
  const kept = [...items.slice(0, at), ...items.slice(at + 2)];
  return kept.filter(
    ({ tag }, index) => !(tag.kind === 'cue' && tag.cue === 'only' && kept[index - 1]?.tag.kind === 'entity'),
  );
}
