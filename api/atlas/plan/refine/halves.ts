import type { Item } from '../../tags.js';

/** "input and output", "input vs output": beside the input, the output is its tokens, not the responses. */
export function outputsBesideInputs(items: Item[]): Item[] {
  return items.map((item, at) => {
    const joined = items[at - 1]?.tag.kind === 'joint' || items[at - 1]?.tag.kind === 'versus';
    const before = items[at - 2]?.tag;
    const beside = joined && before?.kind === 'metric' && before.metric === 'inputTokens';
    const output = item.tag.kind === 'entity' && /^(the |our |my )?(outputs?|completions?)$/.test(item.words);
    return beside && output ? { ...item, tag: { kind: 'metric', metric: 'outputTokens' } } : item;
  });
}
