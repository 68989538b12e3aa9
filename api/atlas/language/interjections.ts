import interjections from './data/interjections.json' with { type: 'json' };
import type { Place } from './place.js';
import type { Linked } from './search.js';

const LONGEST = 3;
const INTERJECTIONS = new Set(interjections);
const ASKS =
  /^(which|what|how|who|where|why|when|show|list|give|tell|is|are|was|were|did|do|does|can|could|so|now|and|then|ok|okay|i|we|that)$/;

/** "Grand. Which …", "yay! how …": said to us at the start of a sentence, and elsewhere words like any others. */
export function interjection({ tokens, at }: Place): Linked | null {
  const starts =
    at === 0 || tokens[at - 1]?.kind === 'symbol' || /^(oh|ah|well|ok|okay)$/.test(tokens[at - 1]?.text ?? '');
  if (!starts) return null;
  for (let end = at + LONGEST; end > at; end -= 1) {
    const words = tokens.slice(at, end).map(({ text }) => text);
    const next = tokens[end];
    const ends = next === undefined || next.kind === 'symbol' || ASKS.test(next.text);
    if (ends && INTERJECTIONS.has(words.join(' '))) return { tag: null, end };
  }
  return null;
}
