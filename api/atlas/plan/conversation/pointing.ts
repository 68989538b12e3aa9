import type { Condition, Conversation, Query } from '../../plan.js';
import type { Item } from '../../tags.js';
import { both, sortOf } from '../conditions.js';
import type { Frame } from '../frame.js';
import { keep, rowsInFocus, saysOnly } from './turn.js';

/** "did it get retried?", "was that truncated?" after one prompt: asks of this prompt, not of all. */
export function asksOfOne(
  frame: Frame,
  own: readonly Condition[],
  before: Conversation,
  [first = '', second = '']: readonly string[],
): Query | null {
  const why = frame.has.has('why');
  const pointer = why ? frame.items.find(({ tag }) => tag.kind === 'reference') : frame.items[0];
  const asks = why || /^(did|do|does|was|is|are|has|had|have|were)$/.test(first);
  const unsaid = why && pointer === undefined && namesNobody(frame) && before.rows.length === 1;
  const named = before.rows.length === 1 && /^(the|its|this|that)$/.test(second) && isTheAnswer(pointer);
  const points =
    unsaid || named
      ? 'one'
      : pointer?.tag.kind === 'reference' && (why || pointer.from === 1)
        ? pointer.tag.number
        : null;
  const focus = before.query === null || points === null ? null : pointedAt(points, before, before.query);
  if (!asks || before.query === null || focus === null) return null;
  if (own.length === 0 || !own.every((condition) => ['state', 'metric'].includes(sortOf(condition)))) return null;
  if (
    !saysOnly(frame, 'filter', 'ask', 'why') ||
    !frame.asks.every((ask) => ask === 'show' || ask === 'list') ||
    frame.entities.some(({ plural }) => plural)
  )
    return null;
  return keep({ goal: 'list', limit: null }, before.query, both(focus, own), {
    inherited: focus,
    assumptions: [],
    chart: null,
  });
}

/** "is the answer incomplete?" after one prompt was shown. */
const isTheAnswer = (item: Item | undefined) =>
  item?.tag.kind === 'entity' && item.tag.entity === 'response' && !item.tag.plural && item.from === 2;

/** "why fail?", "why he fail?" after one prompt. */
const namesNobody = (frame: Frame) =>
  frame.entities.length === 0 &&
  frame.items.every(({ tag, words }) => tag.kind !== 'filter' || !/(ones|failures|errors|timeouts)$/.test(words));

/** "it" is the one prompt looked at, also when the last answer about it was no; "they" are those just listed. */
function pointedAt(number: 'one' | 'many', before: Conversation, previous: Query): Condition[] | null {
  if (number === 'many')
    return before.rows.length > 1 && previous.goal === 'list' ? rowsInFocus(before, previous) : null;
  const looked = previous.where.find(
    (condition) =>
      'field' in condition && condition.field === 'number' && condition.op === 'in' && condition.value.length === 1,
  );
  if (before.rows.length === 1) return [{ field: 'number', op: 'in', value: [...before.rows] }];
  return before.rows.length === 0 && looked ? [looked] : null;
}

/** "which failed?", "any timeouts?" after the prompts of one category: with no noun of its own, it asks of these. */
export function asksWithinCategory(frame: Frame, own: readonly Condition[], { query }: Conversation): boolean {
  const asked = query !== null && ['list', 'count', 'share', 'statistic'].includes(query.goal);
  const within = asked && query.where.some((condition) => 'field' in condition && condition.field === 'category');
  const plain = frame.asks.length > 0 && saysOnly(frame, 'ask', 'filter') && !frame.has.has('all');
  const nameless = frame.entities.every(({ entity }) => entity === 'one') && frame.weakAggregates.length === 0;
  return within && plain && nameless && own.length > 0 && own.every((next) => NARROWS.has(sortOf(next)));
}

const NARROWS = new Set(['state', 'metric', 'text']);

/** "and who needed more than a second?" after a limit on the first token: the same clock runs on. */
export function onSameClock(own: readonly Condition[], frame: Frame, previous: Query): Condition[] {
  const first = previous.where.some((condition) => 'field' in condition && condition.field === 'firstTokenMs');
  const named = frame.items.some(({ words }) => /latenc|response time|total|whole|complete|end to end/.test(words));
  return own.map((condition) =>
    first && !named && 'field' in condition && condition.field === 'latencyMs'
      ? ({ ...condition, field: 'firstTokenMs' } as Condition)
      : condition,
  );
}
