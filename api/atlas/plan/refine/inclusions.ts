import type { Condition, Query } from '../../plan.js';
import type { Item, Tag } from '../../tags.js';
import { complementOf, sameCondition, sortOf } from '../conditions.js';
import { goalOf, keep, saysOnly, type Turn } from '../conversation/turn.js';
import { merged } from './merge.js';

/** "including the failed ones", "devops included": such rows are not to be left out, which restricts nothing. */
export function inclusions(items: Item[]): Item[] {
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at] as Item;
    if (item.tag.kind !== 'inclusion') {
      out.push(item);
      continue;
    }
    if (item.tag.after) {
      while (isPassable(out.at(-1)?.tag)) out.pop();
      const filter = out.at(-1);
      if (filter?.tag.kind === 'filter' && restrictsNothing(items, filter))
        out[out.length - 1] = included(filter.tag.where, [filter, item]);
      else out.push(item);
      continue;
    }
    let next = at + 1;
    while (isPassable(items[next]?.tag)) next += 1;
    const filter = items[next];
    if (filter?.tag.kind !== 'filter' || !restrictsNothing(items, filter)) out.push(item);
    else {
      out.push(included(filter.tag.where, [item, filter]));
      at = next;
    }
  }
  return out;
}

/** "the failures, cancelled ones included" would add rows: that is not read. Timeouts are among the failures anyhow. */
function restrictsNothing(items: readonly Item[], filter: Item): boolean {
  return items.every(({ tag }) => {
    if (tag === filter.tag || tag.kind !== 'filter' || filter.tag.kind !== 'filter') return true;
    const [other, wanted] = [tag.where, filter.tag.where];
    if (sortOf(other) !== sortOf(wanted)) return true;
    const failures = 'field' in other && other.field === 'failed' && other.value === true;
    return failures && isFailure(wanted);
  });
}

const isFailure = (condition: Condition) =>
  'field' in condition &&
  (condition.field.startsWith('error') ||
    (condition.field === 'status' && (condition.value === 'error' || condition.value === 'timeout')));

const included = (where: Condition, parts: readonly Item[]): Item => merged({ kind: 'included', where }, parts);

const isPassable = (tag: Tag | undefined) =>
  tag?.kind === 'entity' ||
  tag?.kind === 'all' ||
  (tag?.kind === 'cue' && tag.cue === 'also') ||
  (tag?.kind === 'reference' && tag.weak === true);

/** "and with the failed ones counted in?", "and with them back in?": what had left them out is lifted. */
export function takenIn({ frame, previous }: Turn): Query | null {
  const wanted = frame.items.flatMap(({ tag }) => (tag.kind === 'included' ? [tag.where] : []));
  if (frame.has.has('inclusion')) wanted.push(...leftOut(previous));
  if (wanted.length === 0 || !saysOnly(frame, 'inclusion', 'reference')) return null;
  const stays = (old: Condition) => !wanted.some((each) => leavesOut(old, each));
  const where = previous.where.filter(stays);
  if (where.length === previous.where.length) return null;
  return lifted(previous, where, stays);
}

/** What "them" are, where only one thing had been left out. */
function leftOut({ where }: Query): Condition[] {
  const denied = where.filter((condition) => 'not' in condition || ('value' in condition && condition.value === false));
  return denied.length === 1 ? denied.map(complementOf) : [];
}

function leavesOut(old: Condition, wanted: Condition): boolean {
  if (sameCondition(complementOf(wanted), old) || sameCondition(complementOf(old), wanted)) return true;
  if (sortOf(old) !== sortOf(wanted)) return false;
  return isOk(old) && 'field' in wanted && (wanted.field === 'failed' || isFailure(wanted));
}

const isOk = (condition: Condition) =>
  'field' in condition && condition.field === 'status' && condition.op === '=' && condition.value === 'ok';

/** "and overall?", "the lot together": the same of all rows; of what failed in one category, of all that failed. */
export function overAll({ frame, previous }: Turn): Query | null {
  const sums = frame.aggregates.every((each) => each === 'sum') && frame.metrics.length === 0;
  if (!frame.has.has('all') || !sums || !saysOnly(frame, 'aggregate') || frame.asks.length > 0) return null;
  if (previous.goal === 'share')
    return previous.of.length === 0 ? null : lifted(previous, ownOf(previous), () => false);
  const narrows = previous.goal === 'statistic' || previous.goal === 'count' || previous.goal === 'rank';
  const elsewhere = previous.where.filter((condition) => sortOf(condition) !== 'category');
  const kept = elsewhere.length < previous.where.length ? elsewhere : [];
  return narrows && previous.where.length > 0 ? keep(goalOf(previous), previous, kept) : null;
}

/** What a share is of beside its population: the part that is counted. */
const ownOf = (previous: Query & { goal: 'share' }) =>
  previous.where.filter((condition) => !previous.of.some((of) => sameCondition(of, condition)));

function lifted(previous: Query, where: Condition[], stays: (condition: Condition) => boolean): Query {
  const goal = goalOf(previous);
  return keep(goal.goal === 'share' ? { ...goal, of: goal.of.filter(stays) } : goal, previous, where);
}
