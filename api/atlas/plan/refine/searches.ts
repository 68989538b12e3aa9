import type { Condition, Field } from '../../plan.js';
import type { Item } from '../../tags.js';
import { merged } from './merge.js';

/** "where my appears but password does not": the denial behind a word is of its being there. */
export function deniedAfter(items: Item[]): Item[] {
  const out: Item[] = [];
  for (const [at, item] of items.entries()) {
    const last = out.at(-1);
    const ends = items[at + 1] === undefined || items[at + 1]?.tag.kind === 'joint';
    const denied = item.tag.kind === 'negation' && item.tag.style === 'not' && ends;
    if (denied && last?.tag.kind === 'text' && !last.tag.negated)
      out[out.length - 1] = merged({ ...last.tag, negated: true }, [last, item]);
    else out.push(item);
  }
  return out;
}

/** "photo in the answer"; in "photo while the answer does not", "app whose answer says phone" the noun belongs to what follows. */
function placeAfter(items: readonly Item[], at: number): Item | undefined {
  const rest = items.slice(at + 1);
  const end = rest.findIndex(({ tag }) => tag.kind === 'joint' && tag.joint === 'but');
  const noun = (end < 0 ? rest : rest.slice(0, end)).findIndex(({ tag }) => tag.kind === 'entity');
  return rest[noun + 1]?.tag.kind === 'text' ? undefined : rest[noun];
}

/** A search is in the prompts where they are spoken of, else in the responses. */
export function searches(items: Item[]): Item[] {
  return items.map((item, at) => {
    if (item.tag.kind !== 'text') return item;
    const { texts, field, negated } = item.tag;
    const near = items.slice(0, at).findLast(({ tag, words }) => tag.kind === 'entity' && words !== 'text');
    const after = placeAfter(items, at);
    const ofPrompts = items[at - 1]?.tag.kind === 'filter' && /\bprompts?$/.test(items[at - 1]?.words ?? '');
    const asksPrompts = items.some(
      ({ tag, words }) => tag.kind === 'ask' && /\b(prompt|question|request)s?$/.test(words),
    );
    const said = near?.tag.kind === 'entity' ? near.tag.entity : null;
    const entity = ofPrompts ? 'prompt' : (said ?? (asksPrompts ? 'prompt' : null));
    const later =
      after?.tag.kind === 'entity' && after.from - item.to <= 3 && after.words !== 'text' ? after.tag.entity : null;
    const about = /^(about|regarding|concerning|on the)/.test(item.words);
    const inPrompt =
      later === 'response' ? false : later === 'prompt' || entity === 'prompt' || (entity === 'one' && about);
    const where: Field = field === 'prompt' || inPrompt ? 'prompt' : 'response';
    const op = negated ? 'not contains' : 'contains';
    const conditions = texts.map((value): Condition => ({ field: where, op, value }));
    const [only] = conditions;
    const all = /\band\b|&/.test(item.words) && conditions.length > 1;
    const condition: Condition =
      conditions.length === 1 && only ? only : all ? { all: conditions } : { any: conditions };
    return { ...item, tag: { kind: 'filter', where: condition } };
  });
}
