import type { Condition, Conversation } from '../../plan.js';
import type { Item } from '../../tags.js';
import { merged } from '../refine/merge.js';

/** "without those", "and if you leave that one out?": all but the prompts of the last answer. */
export function withoutThose(items: readonly Item[], before: Conversation): Item[] {
  const { rows } = before;
  if (rows.length === 0 || before.lost) return [...items];
  const where: Condition = { not: { field: 'number', op: 'in', value: rows } };
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const [item, next] = [items[at] as Item, items[at + 1]];
    const excludes = item.tag.kind === 'negation' && item.tag.style === 'exclude' && !item.tag.after;
    const follows = next?.tag.kind === 'negation' && next.tag.style === 'exclude' && next.tag.after === true;
    if (next !== undefined && excludes && pointsAt(next)) out.push(merged({ kind: 'filter', where }, [item, next]));
    else if (next !== undefined && follows && pointsAt(item)) out.push(merged({ kind: 'filter', where }, [item, next]));
    else {
      out.push(item);
      continue;
    }
    at += 1;
  }
  return out;
}

const pointsAt = ({ tag, words }: Item) =>
  tag.kind === 'reference' && (tag.weak !== true || /^(those|these|them|em|that|it|this)$/.test(words));
