import type { Item, Tag } from '../../tags.js';

const REMOVES =
  /^(remov|get(ting)? rid|tak(e|ing) out|hid|scrap|bin|axe|ditch|toss|throw|kick|strip|cut|eliminat|weed|discard|drop)/;
/** Meanings that make a question of it: "remove prompt 16 from the results, what is the mean then?" */
const ASKS = new Set<Tag['kind']>([
  'ask',
  'metric',
  'aggregate',
  'order',
  'compare',
  'chart',
  'summary',
  'export',
  'dimension',
  'filter',
  'why',
  'outliers',
  'association',
]);

/** "get rid of prompt 16 in the results": something to be done to the data, where no question comes with it. */
export const asksToRemove = (items: readonly Item[]): boolean =>
  items.every(({ tag }) => !ASKS.has(tag.kind)) &&
  items.some(
    ({ tag, words }, at) =>
      tag.kind === 'negation' &&
      tag.style === 'exclude' &&
      REMOVES.test(words) &&
      items[at + 1]?.tag.kind === 'prompts' &&
      items.slice(at + 2).some((item) => item.tag.kind === 'entity' && item.tag.entity === 'run'),
  );
