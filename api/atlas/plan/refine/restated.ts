import type { Condition } from '../../plan.js';
import type { Item } from '../../tags.js';

const isFailed = (condition: Condition) =>
  'field' in condition && condition.field === 'failed' && condition.value === true;
const hasStatus = (condition: Condition, status: string) =>
  'field' in condition && condition.field === 'status' && condition.value === status;

/**
 * "the calls that didn't make it, i.e. errored or timed out": the two ways to fail, named behind a verb that means
 * both, say what was said already.
 */
export function restated(items: Item[]): Item[] {
  const at = items.findIndex(
    ({ tag, words }, index) =>
      tag.kind === 'filter' && isFailed(tag.where) && !/^(failures?|errors?)$/.test(words) && isExplained(items, index),
  );
  return at < 0 ? items : items.filter((_, index) => index <= at || index > at + EXPLANATION);
}

/** A comma, one way, a joint, the other way. */
const EXPLANATION = 4;

function isExplained(items: readonly Item[], at: number): boolean {
  const [comma, one, joint, other] = items.slice(at + 1, at + 1 + EXPLANATION).map(({ tag }) => tag);
  if (comma?.kind !== 'joint' || comma.joint !== 'comma') return false;
  if (joint?.kind !== 'joint' || !/^(and|or|slash|comma)$/.test(joint.joint)) return false;
  const ways = [one, other].flatMap((tag) => (tag?.kind === 'filter' ? [tag.where] : []));
  const errors = ways.some((where) => isFailed(where) || hasStatus(where, 'error'));
  return ways.length === 2 && errors && ways.some((where) => hasStatus(where, 'timeout'));
}
