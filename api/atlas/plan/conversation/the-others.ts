import type { Row } from '../../../contract/row.js';
import type { Condition, Conversation } from '../../plan.js';
import type { Item } from '../../tags.js';
import { complementOf, fieldOf, sortOf } from '../conditions.js';
import { merged } from '../refine/merge.js';

/** "and the remaining two?" after two of four categories: the number says which are meant. */
export function countedRest(items: readonly Item[], before: Conversation, rows: readonly Row[]): Item[] {
  const at = items.findIndex(
    ({ tag, words }, index) =>
      (tag.kind === 'complement' || (tag.kind === 'unknown' && words === 'other')) && isCount(items[index + 1]),
  );
  const [rest, count] = [items[at], items[at + 1]];
  if (rest === undefined || count?.tag.kind !== 'quantity' || before.lost) return [...items];
  const categories = new Set(rows.map(({ category }) => category).filter((category) => category !== null));
  if (before.categories.length === 0 || categories.size - before.categories.length !== count.tag.value)
    return [...items];
  const both = merged({ kind: 'complement', groups: true, counted: true }, [rest, count]);
  return [...items.slice(0, at), both, ...items.slice(at + 2)];
}

const isCount = (item: Item | undefined) => item?.tag.kind === 'quantity' && item.tag.unit === null;

/** "and the other failures?" after the timeouts: all failures but these. */
export function otherThanThose(items: readonly Item[], before: Conversation): Item[] {
  const named = ['list', 'count'].includes(before.query?.goal ?? '') && before.rows.length > 0 && !before.lost;
  return items.flatMap((item, at): Item[] => {
    const next = items[at + 1];
    const said = item.tag.kind === 'unknown' || (item.tag.kind === 'complement' && /remaining$/.test(item.words));
    if (named && said && next?.other === true && next.tag.kind === 'filter') return [];
    if (!named || item.other !== true || item.tag.kind !== 'filter') return [item];
    const where: Condition = { not: { field: 'number', op: 'in', value: [...before.rows] } };
    return [item, { ...item, other: false, tag: { kind: 'filter', where } }];
  });
}

/** "and the one that did not?" after those that worked: what is denied was said before. */
export function deniedBefore(items: readonly Item[], before: Conversation): Item[] {
  const said = items.filter(({ tag }) => tag.kind !== 'joint');
  const last = said.at(-1);
  const denied = last?.tag.kind === 'negation' && last.tag.style === 'not' && !last.tag.after;
  const states = (before.query?.where ?? []).filter((condition) =>
    ['state', 'metric', 'text'].includes(sortOf(condition)),
  );
  const [state, ...more] = states;
  const plain = said.slice(0, -1).every((item) => isPlain(item));
  if (last === undefined || !denied || !plain || state === undefined || more.length > 0 || before.lost)
    return [...items];
  const filter: Item = { ...last, tag: { kind: 'filter', where: complementOf(state) } };
  const leads: Item = { ...last, tag: { kind: 'cue', cue: 'and' } };
  const pointsOut = (item: Item) => item.tag.kind === 'reference' && item.tag.number === 'many';
  return [leads, ...items.filter((item) => !pointsOut(item)).map((item) => (item === last ? filter : item))];
}

const isPlain = ({ tag }: Item) =>
  ['cue', 'entity', 'reference', 'light'].includes(tag.kind) ||
  (tag.kind === 'ask' && ['which', 'count', 'list', 'show', 'exists'].includes(tag.ask)) ||
  (tag.kind === 'filter' && fieldOf(tag.where) === 'category');

/** "how many were complete?" after the incomplete ones. */
export function complete(items: readonly Item[], before: Conversation): Item[] {
  const cut = before.query?.where.some((condition) => ['incomplete', 'truncated'].includes(fieldOf(condition) ?? ''));
  if (!cut || before.lost) return [...items];
  const where: Condition = {
    all: [
      { field: 'status', op: '=', value: 'ok' },
      { field: 'incomplete', op: '=', value: false },
    ],
  };
  return items.map((item) =>
    (item.tag.kind === 'waiting' || item.tag.kind === 'all') && /^(complete|whole|entire|full)$/.test(item.words)
      ? { ...item, tag: { kind: 'filter', where } }
      : item,
  );
}
