import type { Condition } from '../../plan.js';
import { excludeEachOther, fieldOf } from '../conditions.js';
import { type Frame, isPlural } from '../frame.js';
import type { Draft } from './draft.js';

/** "What percent of the code prompts failed" is of the code prompts; "… of all requests" is of all. */
export function readShare(frame: Frame, where: Condition[]): Draft | null {
  if (!frame.asks.includes('share') || frame.metrics.length > 0 || where.length === 0) return null;
  if (frame.aggregates.some((aggregate) => aggregate !== 'sum')) return null;
  if (where.every((condition) => fieldOf(condition) === 'number')) return null;
  const uses: Draft['uses'] = ['filter', 'aggregate', 'prompts'];
  if (where.length === 1 || sharesOfAll(frame)) return { goal: { goal: 'share', of: [] }, uses };
  const population = populationOf(frame);
  return { goal: { goal: 'share', of: population }, uses };
}

/** "of all requests"; "of all errors" is of the errors. */
const sharesOfAll = (frame: Frame) =>
  frame.items.some(({ tag }, at) => tag.kind === 'all' && frame.items[at + 1]?.tag.kind !== 'filter');

function populationOf(frame: Frame): Condition[] {
  const share = frame.items.findIndex(({ tag }) => tag.kind === 'ask' && tag.ask === 'share');
  const filters = frame.items.slice(share + 1).filter(({ tag }) => tag.kind === 'filter');
  const named = frame.items
    .slice(0, Math.max(share, 0))
    .flatMap(({ tag }) => (tag.kind === 'filter' ? [tag.where] : []));
  const rateOf =
    frame.items[share - 1]?.to === frame.items[share]?.from && frame.items[share - 1]?.tag.kind === 'filter';
  if (named.length > 0 && filters.length > 0 && !rateOf) return named;
  const [first] = filters;
  const words = frame.items[share]?.words ?? '';
  const directly = first !== undefined && /\bof$/.test(words) && !['truncated'].includes(words);
  const categories = frame.narrowings.filter(({ where }) => fieldOf(where) === 'category').map(({ where }) => where);
  if (categories.length > 1 && categories.length < frame.narrowings.length) return [ofAny(categories)];
  if (categories.length > 0 && categories.length < frame.narrowings.length) {
    if (directly && first.tag.kind === 'filter' && fieldOf(first.tag.where) !== 'category') return [first.tag.where];
    return categories;
  }
  return directly && first.tag.kind === 'filter' ? [first.tag.where] : [];
}

/** "what share of support and hr": prompts of either; "not hr, not support" are of neither. */
const ofAny = (categories: Condition[]): Condition =>
  categories.some((condition) => 'not' in condition) ? { all: categories } : { any: categories };

/** "How many refusals and how many timeouts", "truncated / refused / empty counts": a number for each. */
export function readCountEach(frame: Frame): Draft | null {
  const each = frame.narrowings.filter(({ where }) => fieldOf(where) !== 'category');
  const plain = each.every(({ where }) => 'field' in where && where.value !== false && where.value !== 'ok');
  if (!frame.asks.includes('count') && !frame.has.has('versus')) return null;
  if (each.length < 2 || frame.has.has('metric') || frame.has.has('quantity') || frame.has.has('order')) return null;
  const [first, ...rest] = each;
  const listed = rest.every(
    ({ joint }) => joint === 'slash' || joint === 'comma' || joint === 'versus' || joint === 'and',
  );
  const exclusive = first !== undefined && rest.every(({ where }) => excludeEachOther(first.where, where));
  const apart =
    (plain && rest.some(({ joint }) => joint === 'slash' || joint === 'comma')) ||
    rest.some(({ joint }) => joint === 'versus') ||
    frame.has.has('each');
  if (!listed || !(exclusive || apart)) return null;
  const common = frame.narrowings.filter((narrowing) => !each.includes(narrowing)).map(({ where }) => where);
  const sides = each.map(({ where }) => ({ label: '', where: [...common, where], measure: null, group: null }));
  if (countsAll(frame)) sides.unshift({ label: 'prompts', where: common, measure: null, group: null });
  return { goal: { goal: 'countEach', sides }, uses: ['filter', 'aggregate', 'versus'], where: [] };
}

/** "number of prompts, failures and refusals": the prompts are counted too. */
function countsAll(frame: Frame): boolean {
  const at = frame.items.findIndex(({ tag }) => tag.kind === 'entity' && tag.entity === 'prompt');
  const after = frame.items[at + 1]?.tag;
  return at > 0 && frame.items[at - 1]?.tag.kind === 'ask' && after?.kind === 'joint' && after.joint === 'comma';
}

export function readRows(frame: Frame, where: Condition[]): Draft | null {
  if (frame.has.has('metric') || frame.has.has('order') || frame.has.has('compare') || frame.by.length > 0) return null;
  const asks = frame.asks;
  if (asks.includes('share') && frame.has.has('pick')) return null;
  const uses: Draft['uses'] = ['filter', 'prompts', 'aggregate', 'pick', 'quantity'];
  if (frame.aggregates.some((aggregate) => aggregate !== 'sum') || frame.has.has('relation')) return null;
  const [quantity] = frame.quantities;
  if (quantity !== undefined) return null;
  if (asks.includes('count') && !asks.includes('which')) {
    const counted =
      where.length > 0 ||
      frame.entities.some(({ entity, plural }) => entity === 'run' || plural === true) ||
      frame.has.has('all');
    return counted ? { goal: { goal: 'count' }, uses } : null;
  }
  const recalled = frame.items.some(({ tag }) => tag.kind === 'filter' && tag.recalled);
  if (recalled && asks.length === 0 && frame.entities.length === 0 && !frame.has.has('why')) return null;
  const [pick] = frame.picks;
  const limit = pick === undefined ? null : { count: pick.count ?? 1, from: pick.from };
  const everything =
    where.length === 0 && (asks.includes('list') || asks.includes('show')) && (isPlural(frame) || frame.has.has('all'));
  if (where.length === 0 && !everything && limit === null) return null;
  return { goal: { goal: 'list', limit }, uses };
}
