import type { Condition } from '../../plan.js';
import type { Item } from '../../tags.js';

/** "how long do I bake the lasagne": words of different prompts, side by side, name none of them. */
export function scattered(items: readonly Item[]): Item[] {
  const recalled = items.filter(
    ({ tag }, at) => tag.kind === 'filter' && tag.recalled && items[at - 1]?.tag.kind !== 'negation',
  );
  const [from, to] = [items.indexOf(recalled[0] as Item), items.indexOf(recalled.at(-1) as Item)];
  const joined = items.some(
    ({ tag }, at) =>
      ['versus', 'compare', 'relation'].includes(tag.kind) ||
      (tag.kind === 'joint' && tag.joint !== 'stop' && at > from && at < to),
  );
  const numbers = recalled.map(({ tag }) => new Set(tag.kind === 'filter' ? promptsIn(tag.where) : []));
  const shared = [...(numbers[0] ?? [])].some((number) => numbers.every((each) => each.has(number)));
  return recalled.length > 1 && !joined && !shared ? recalled : [];
}

const promptsIn = (condition: Condition): number[] =>
  'value' in condition ? [condition.value].flat().map(Number) : [];
