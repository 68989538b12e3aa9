import type { Item, Tag } from '../../tags.js';

/** What else a question may ask about a figure beside a limit: then the limit is not the figure's. */
const OTHERWISE = new Set<Tag['kind']>(['prompts', 'dimension', 'order', 'versus', 'relation', 'text', 'by', 'target']);

/**
 * "is the average latency under one second?": the figure answers it, whatever it is held to. Only a question for yes or
 * no needs the limit as what it says of the figure; in "average latency under one second" it says of which prompts.
 */
export function heldTo(items: readonly Item[], first: string): Item[] {
  const at = items.findIndex(({ tag }) => tag.kind === 'compare');
  const [compare, limit] = [items[at]?.tag, items[at + 1]?.tag];
  if (!/^(is|are|was|were|did|does|do|has|have)$/.test(first) || compare?.kind !== 'compare') return [...items];
  if (limit?.kind !== 'quantity' || limit.unit === 'percent' || compare.op === 'between') return [...items];
  const before = items.slice(0, at);
  const figure = before.find(({ tag }) => tag.kind === 'aggregate');
  const ends = items.slice(at + 2).every(({ tag }) => tag.kind === 'joint' && tag.joint === 'stop');
  const plain = before.every(
    ({ tag }) => !OTHERWISE.has(tag.kind) && tag.kind !== 'quantity' && !(tag.kind === 'ask' && tag.ask !== 'exists'),
  );
  if (figure === undefined || !ends || !plain) return [...items];
  const measured = before.some(({ tag }) => tag.kind === 'metric') || limit.unit !== 'ms';
  const metric: Item[] = measured ? [] : [{ ...figure, tag: { kind: 'metric', metric: 'latencyMs' } }];
  return [...before, ...metric, ...items.slice(at + 2)];
}

/** "did more than 10 % of the requests fail?": the share answers it. */
export function shareHeldTo(items: Item[]): Item[] {
  const at = items.findIndex(({ tag }) => tag.kind === 'quantity' && tag.unit === 'percent');
  const [compare, percent] = [items[at - 1], items[at]];
  const filters = items.filter(({ tag }) => tag.kind === 'filter');
  const plain = items.every(({ tag, words }, index) => {
    if (index === at || index === at - 1) return true;
    if (tag.kind === 'ask') return tag.ask === 'exists' || (tag.ask === 'share' && /^(percent|%)/.test(words));
    return ['filter', 'entity', 'joint', 'waiting', 'all', 'negation'].includes(tag.kind);
  });
  const [state, ...more] = filters;
  const failed = state?.tag.kind === 'filter' && state.tag.noun !== true && more.length === 0;
  if (compare?.tag.kind !== 'compare' || percent === undefined || !failed || !plain) return items;
  const share: Item = { ...percent, tag: { kind: 'ask', ask: 'share' } };
  return items.flatMap((item, index) => (index === at - 1 ? [] : index === at ? [share] : [item]));
}
