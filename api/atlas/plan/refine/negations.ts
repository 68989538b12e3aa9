import type { Condition } from '../../plan.js';
import type { Item, Tag } from '../../tags.js';
import { complementOf } from '../conditions.js';
import { merged } from './merge.js';

const LISTING = new Set(['and', 'or', 'comma', 'slash']);

/** "not truncated", "without travel and hr", "neither a refusal nor empty", "not slower than 2 s". */
export function negations(items: Item[]): Item[] {
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const item = contrasted(items, at);
    if (item.tag.kind !== 'negation' || item.tag.after) {
      out.push(item);
      continue;
    }
    let next = at + 1;
    while (isPassable(items[next]?.tag)) next += 1;
    const first = items[next];
    if (first?.tag.kind === 'prompts') {
      const named: Condition = { field: 'number', op: 'in', value: first.tag.numbers };
      out.push(merged({ kind: 'filter', where: complementOf(named), leftOut: true }, [item, first]));
      at = next;
      continue;
    }
    if (first?.tag.kind !== 'filter') {
      out.push(item);
      continue;
    }
    const excludes =
      item.tag.style === 'exclude' || /^(none|neither|free|carry|carries|have|has|with)/.test(item.words);
    const filters = [first];
    let end = next + 1;
    for (;;) {
      const at = pastEntities(items, end);
      const joint = items[at]?.tag;
      const following = items[at + 1];
      const listed =
        joint?.kind === 'joint' &&
        LISTING.has(joint.joint) &&
        following?.tag.kind === 'filter' &&
        (following.tag.noun !== undefined) === (first.tag.noun !== undefined);
      const either = joint?.kind === 'joint' && (joint.joint === 'or' || endsWithOr(items, at));
      if (!listed || !(excludes || either)) break;
      filters.push(following as Item);
      end = at + 2;
    }
    const leftOut = item.tag.style === 'exclude';
    for (const filter of filters) {
      if (filter.tag.kind === 'filter')
        out.push(merged({ ...filter.tag, where: complementOf(filter.tag.where), leftOut }, [item, filter]));
    }
    at = end - 1;
  }
  return out;
}

/** "all but for the timeouts" leaves them out, "but for travel?" goes on; beside a comma it may do either. */
function contrasted(items: readonly Item[], at: number): Item {
  const item = items[at] as Item;
  if (item.words !== 'but for') return item;
  const isComma = (other: Item | undefined) => other?.tag.kind === 'joint' && other.tag.joint === 'comma';
  const either = isComma(items[at - 1]) || (at === 0 && items.some(isComma));
  if (either) return { ...item, tag: { kind: 'unknown', word: item.words, english: true } };
  return at === 0 ? { ...item, tag: { kind: 'joint', joint: 'but' } } : item;
}

const isPassable = (tag: Tag | undefined) =>
  tag?.kind === 'entity' ||
  tag?.kind === 'all' ||
  tag?.kind === 'waiting' ||
  (tag?.kind === 'cue' && tag.cue !== 'only') ||
  (tag?.kind === 'ask' && (tag.ask === 'exists' || tag.ask === 'where')) ||
  (tag?.kind === 'reference' && tag.weak === true);

/** "not truncated, refused or empty": the "or" at the end of a list holds for its commas. */
function endsWithOr(items: readonly Item[], from: number): boolean {
  const rest = items.slice(from);
  const end = rest.findIndex(({ tag }) => tag.kind !== 'joint' && tag.kind !== 'filter' && tag.kind !== 'entity');
  const list = (end < 0 ? rest : rest.slice(0, end)).flatMap(({ tag }) => (tag.kind === 'joint' ? [tag.joint] : []));
  const or = list.indexOf('or');
  return or > 0 && list.slice(0, or).every((joint) => joint === 'comma');
}

/** "without the truncated answers and the refusals": the noun between them belongs to the first. */
function pastEntities(items: readonly Item[], from: number): number {
  let at = from;
  while (items[at]?.tag.kind === 'entity') at += 1;
  return at;
}

/** "hr and finance left out", "travel, hr and finance aside": the conditions of the list before it are denied as well. */
function denyListed(out: Item[], from: number, last: Item): void {
  const isJoint = (item: Item | undefined, ...joints: string[]) =>
    item?.tag.kind === 'joint' && joints.includes(item.tag.joint);
  if (!isJoint(out[from], 'and', 'or')) return;
  for (let at = from; isJoint(out[at], 'and', 'or', 'comma'); at -= 2) {
    const item = out[at - 1];
    if (item?.tag.kind !== 'filter' || last.tag.kind !== 'filter') return;
    if ('not' in item.tag.where || (item.tag.noun === true) !== (last.tag.noun === true)) return;
    out[at - 1] = { ...item, tag: { ...item.tag, where: complementOf(item.tag.where) } };
  }
}

/** In "didn't work out" the "out" is the verb's; "travel out" has none. */
const isParticle = (item: Item, filter: Item | undefined) =>
  item.words === 'out' && item.to === item.from + 1 && filter?.tag.kind === 'filter' && filter.tag.noun !== true;

/** "failures excluded timeouts": either may be meant. */
const standsBetween = (items: readonly Item[], at: number) =>
  /^(excluded|excepted|omitted)$/.test(items[at]?.words ?? '') &&
  /^(filter|prompts)$/.test(items[at + 1]?.tag.kind ?? '');

/** "travel excluded", "leaving finance aside". */
export function negationsAfter(items: Item[]): Item[] {
  const out: Item[] = [];
  for (const [at, item] of items.entries()) {
    let target = out.length - 1;
    while (out[target]?.tag.kind === 'entity' || out[target]?.tag.kind === 'dimension') target -= 1;
    const filter = out[target];
    if (isParticle(item, filter) || standsBetween(items, at)) out.push(item);
    else if (item.tag.kind === 'negation' && item.tag.after && filter?.tag.kind === 'filter') {
      const already =
        out[target - 1]?.tag.kind === 'negation' ||
        'not' in filter.tag.where ||
        /^(leav|tak|keep|put|set|without|exclud)/.test(filter.words);
      if (!already) {
        out[target] = merged({ ...filter.tag, where: complementOf(filter.tag.where), leftOut: true }, [filter, item]);
        denyListed(out, target - 1, filter);
      }
    } else if (item.tag.kind === 'negation' && item.tag.after && filter?.tag.kind === 'prompts') {
      const where: Condition = { not: { field: 'number', op: 'in', value: filter.tag.numbers } };
      out[target] = merged({ kind: 'filter', where, leftOut: true }, [filter, item]);
    } else out.push(item);
  }
  return out;
}
