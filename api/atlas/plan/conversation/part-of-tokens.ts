import type { Conversation } from '../../plan.js';
import type { Item } from '../../tags.js';

/** "how much of that was output?" after the total of tokens: asks for a total, too, not for a share of the prompts. */
export function partOfTokens(items: readonly Item[], before: Conversation): Item[] {
  const [measure, ...more] = before.query?.goal === 'statistic' ? before.query.measures : [];
  const said = items.filter(({ tag }) => tag.kind !== 'joint');
  const [ask, that, part, ...rest] = said;
  const asks = ask?.tag.kind === 'ask' && ask.words === 'how much of' && that?.tag.kind === 'reference';
  if (measure?.metric !== 'totalTokens' || more.length > 0 || before.lost || !asks) return [...items];
  const metric = sideOf(part);
  if (part === undefined || metric === null || rest.length > 0) return [...items];
  return [
    { ...ask, tag: { kind: 'aggregate', aggregates: [measure.aggregate] } },
    { ...part, tag: { kind: 'metric', metric } },
  ];
}

function sideOf(part: Item | undefined): 'outputTokens' | 'inputTokens' | null {
  if (part?.tag.kind === 'entity') return part.tag.entity === 'response' ? 'outputTokens' : 'inputTokens';
  const { metric } = part?.tag.kind === 'metric' ? part.tag : { metric: null };
  return metric === 'outputTokens' || metric === 'inputTokens' ? metric : null;
}
