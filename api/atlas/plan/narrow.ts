import type { Condition } from '../plan.js';
import { both, deniesAnyhow, excludeEachOther, sameCondition } from './conditions.js';
import type { Frame, Narrowing } from './frame.js';

/**
 * Joins the conditions of a clause: "or" widens, "and" narrows, unless no row could be both ("hr and support"). What is
 * said again at once ("died because they failed") says nothing more; of a share, the wider one is what it is of.
 */
export function conditionsOf(frame: Frame): Condition[] {
  const groups: Condition[][] = [];
  let previous: Narrowing | null = null;
  for (const narrowing of frame.narrowings) {
    if (previous !== null && sameCondition(previous.where, narrowing.where)) continue;
    const widens: boolean =
      previous !== null && (narrowing.joint === 'or' || excludeEachOther(previous.where, narrowing.where));
    if (widens) groups.at(-1)?.push(narrowing.where);
    else groups.push([narrowing.where]);
    previous = narrowing;
  }
  const conditions = groups.map((group): Condition => (group.length === 1 && group[0] ? group[0] : { any: group }));
  const numbers = [...new Set(frame.prompts.flat())];
  if (numbers.length > 0) conditions.push({ field: 'number', op: 'in', value: numbers });
  const distinct = conditions.reduce<Condition[]>((kept, condition) => both(kept, [condition]), []);
  return distinct.filter((condition, at) => !distinct.slice(0, at).some((earlier) => deniesAnyhow(earlier, condition)));
}
