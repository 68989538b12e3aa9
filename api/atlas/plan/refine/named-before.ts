import type { Item } from '../../tags.js';

/** "twelve, what was the response on that one?", "prompt 12 – did it fail?": what is named first is spoken of then. */
export function namedBefore(items: Item[]): Item[] {
  const at = items.findIndex(({ tag }) => tag.kind === 'reference' && tag.number === 'one' && tag.weak !== true);
  const [first, joint] = items;
  const parted = joint?.tag.kind === 'joint' && (joint.tag.joint === 'comma' || joint.tag.joint === 'stop');
  if (at < 2 || first === undefined || !parted) return items;
  const numbers = first.tag.kind === 'prompts' ? first.tag.numbers : bareNumber(first);
  const others = items.some(({ tag }, index) => index > 0 && (tag.kind === 'prompts' || tag.kind === 'quantity'));
  if (numbers.length !== 1 || others) return items;
  return [{ ...first, tag: { kind: 'prompts', numbers } }, ...items.slice(1).filter((_, index) => index + 1 !== at)];
}

/** "I reckon the listings were quick. What was their median?": of whom that is held, the question goes on to ask. */
export function judgedBefore(items: Item[]): Item[] {
  const [named, judged, joint, ...rest] = items;
  const quality = judged?.tag.kind === 'unknown' || (judged?.tag.kind === 'refused' && judged.tag.topic === 'quality');
  const judges = quality
    ? /^(is|are|was|were|seem|seems|seemed|feel|felt|look|looked) /.test(judged.words)
    : /^(fine|good|ok|okay|alright)$/.test(judged?.words ?? '');
  const spoken = rest.findIndex(({ tag }) => tag.kind === 'reference');
  const others = rest.some(({ tag }) => (tag.kind === 'filter' && tag.noun) || tag.kind === 'prompts');
  if (named?.tag.kind !== 'filter' || !named.tag.noun || !judges || joint?.tag.kind !== 'joint') return items;
  return spoken < 0 || others ? items : [named, ...rest.filter((_, at) => at !== spoken)];
}

const bareNumber = ({ tag }: Item): number[] =>
  tag.kind === 'quantity' && tag.unit === null && Number.isInteger(tag.value) ? [tag.value] : [];

/** "runtime of prompt 10", "average runtime", "runtime in travel": of prompts, and not of the run. */
export function runtimeOfPrompts(items: Item[]): Item[] {
  const ofPrompts = items.some(
    ({ tag }) =>
      /^(prompts|filter|order|aggregate|dimension|compare|chart)$/.test(tag.kind) ||
      (tag.kind === 'entity' && tag.entity !== 'run') ||
      (tag.kind === 'reference' && tag.number === 'one'),
  );
  const ofRun = items.some(({ tag }) => tag.kind === 'entity' && tag.entity === 'run');
  if (!ofPrompts || ofRun) return items;
  return items.map((item) =>
    item.tag.kind === 'fact' && /^(run ?time|durations?)$/.test(item.words)
      ? { ...item, tag: { kind: 'metric', metric: 'latencyMs' } }
      : item,
  );
}

/** "how long does it take on average until the first word appears": what it takes time for is said behind. */
export function timeUntil(items: Item[]): Item[] {
  return items.filter((item, at) => {
    const asks = item.tag.kind === 'metric' && item.tag.metric === 'latencyMs' && /^how (long|much)/.test(item.words);
    const next = items.slice(at + 1).find(({ tag }) => !/^(aggregate|reference|courtesy|waiting)$/.test(tag.kind));
    return !(asks && next?.tag.kind === 'metric' && next.tag.metric === 'firstTokenMs');
  });
}
