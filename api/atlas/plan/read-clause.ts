import type { Condition, Conversation, Query } from '../plan.js';
import type { Tag } from '../tags.js';
import { addsUp } from './clauses/figures.js';
import { asksForFile } from './clauses/showing.js';
import { both, excludeEachOther, fieldOf, sortOf } from './conditions.js';
import { withSubject } from './conversation/about.js';
import { againstBefore } from './conversation/against-before.js';
import { countsElsewhere } from './conversation/follow-counts.js';
import { asksInEach } from './conversation/follow-groups.js';
import { listsThem } from './conversation/follow-orders.js';
import { shareOfThose } from './conversation/follow-shares.js';
import { followUp } from './conversation/follow-up.js';
import { asksOfOne, asksWithinCategory } from './conversation/pointing.js';
import { repaired } from './conversation/repair.js';
import { rowsInFocus, saysOnly, widened } from './conversation/turn.js';
import type { Frame } from './frame.js';
import { readAlone } from './goals/read-alone.js';
import { conditionsOf } from './narrow.js';

export interface Place {
  /** Begins with "and", "what about", "only", …: leans on what was before. */
  leads: boolean;
  /** Not the first thing asked in this question. */
  later: boolean;
  opens: boolean;
  /** The words of the question, where this is its first clause. */
  words: readonly string[];
}

export function readClause(frame: Frame, last: Conversation, place: Place): Query | 'no_context' | null {
  const own = conditionsOf(frame);
  if (asksForFile(frame)) return readAlone(frame, own);
  if (contradicts(frame)) return null;
  const again = place.later ? null : repaired(frame, own, last);
  if (again) return again;
  const ofOne = asksOfOne(frame, own, last, place.words);
  if (ofOne) return ofOne;
  const part = place.later ? undefined : shareOfThose(frame, own, last);
  if (part !== undefined) return part;
  const against = place.later ? null : againstBefore(frame, own, last);
  if (against) return against;
  const elsewhere = place.later ? null : countsElsewhere(frame, own, last);
  if (elsewhere) return elsewhere;
  if (last.query === null && isSame(frame.items[0]?.tag)) return 'no_context';
  const leaning = place.leads || place.later || frame.has.has('cue') || pointsBack(frame) || listsThem(frame);
  const named = frame.references.find((reference) => reference.weak !== true);
  const before = leaning || named ? withSubject(last) : last;
  const strong = named ?? pointedAt(frame, own, before) ?? theAnswer(frame, own, before, place.words);
  if (strong && before.lost) return 'no_context';
  if (strong) return readWithReference(frame, own, strong.count ?? bothSeen(frame, before), before);
  if (before.lost && asksOfRun(frame)) return readAlone(frame, own);
  if (before.lost && (leaning || saysOnly(frame, 'filter') || asksWhere(frame, place.words))) return 'no_context';
  const leans =
    isBareRank(frame) || asksOfCategory(frame, place.words) || (!place.later && asksWithinCategory(frame, own, before));
  const fragment =
    (leaning && !(place.later && addsUp(frame))) ||
    (isFragment(frame) && !addsUp(frame) && !(place.opens && own.length > 0)) ||
    picksNothingNamed(frame) ||
    asksInEach(frame) ||
    leans;
  if (fragment && before.query !== null) {
    const query = followUp(frame, own, place.leads || frame.cues.length > 0 || leans, before);
    if (query) return query;
    if (saysOnly(frame, 'by', 'dimension') && REGROUPED.has(before.query.goal)) return null;
  }
  if (isSame(frame.items[0]?.tag)) return null;
  return (
    readAlone(frame, own) ?? (before.query !== null && leavesOpen(frame) ? followUp(frame, own, true, before) : null)
  );
}

/** "then just tell me the p95 of this run" names what it is asked of, whatever was not understood before. */
const asksOfRun = (frame: Frame) =>
  frame.metrics.length + frame.aggregates.length > 0 &&
  frame.items.some(({ tag, words }) => tag.kind === 'all' && /\b(run|batch|test|data|results)$/.test(words));

/** "fine failed prompts": two states that no row is in at once, and no word between that would join them. */
const contradicts = ({ narrowings }: Frame) =>
  narrowings.some(({ where, joint }, at) => {
    const before = narrowings[at - 1]?.where;
    return before !== undefined && joint === null && sortOf(where) === 'state' && excludeEachOther(before, where);
  });

/** "in which categories?" */
const asksWhere = (frame: Frame, [first]: readonly string[]) =>
  first === 'in' && saysOnly(frame, 'ask', 'dimension') && frame.dimensions.length > 0;

/** "which of them needed less time" after two prompts looked at one by one. */
const bothSeen = (frame: Frame, before: Conversation) =>
  frame.compares.length === 1 && before.query?.goal === 'list' && before.rows.length === 1 && before.seen.length > 1
    ? 2
    : null;

/** "drop the timeouts and give me the mean", "… the top 5": of what, the last answer says. */
const leavesOpen = (frame: Frame) =>
  frame.metrics.length === 0 &&
  frame.narrowings.length > 0 &&
  (frame.aggregates.length > 0 || frame.orders.some((order) => order.metric === null));

/** "same for tokens" says nothing on its own. */
const isSame = (tag: Tag | undefined) => tag?.kind === 'cue' && tag.cue === 'same';

/** What "per category" divides; where it can't, it asks for no count of prompts instead. */
const REGROUPED = new Set(['rank', 'share', 'compare', 'countEach', 'bars', 'histogram']);

/** "how many tokens did those use": the rows of the last answer, if it was a list. */
function pointedAt(frame: Frame, own: readonly Condition[], before: Conversation) {
  const listed = before.query !== null && ['list', 'rank', 'count', 'share'].includes(before.query.goal);
  const names = before.rows.length === 1 ? /^(it|its)$/ : /^(those|these|them|they|em|their|theirs)$/;
  const points = frame.items.find(({ tag, words }) => tag.kind === 'reference' && tag.weak && names.test(words));
  return listed && own.length === 0 && asksFigure(frame) && points?.tag.kind === 'reference' ? points.tag : undefined;
}

/** "how many words was the answer?" after one prompt was shown. */
function theAnswer(
  frame: Frame,
  own: readonly Condition[],
  before: Conversation,
  words: readonly string[],
): Extract<Tag, { kind: 'reference' }> | undefined {
  const named = frame.items.some(
    ({ tag, from }) => tag.kind === 'entity' && tag.entity === 'response' && !tag.plural && words[from - 1] === 'the',
  );
  const one = before.query !== null && before.rows.length === 1 && own.length === 0 && !before.lost;
  const said = named && one && asksFigure(frame) && frame.orders.length + frame.aggregates.length === 0;
  return said ? { kind: 'reference', number: 'one', weak: true } : undefined;
}

const asksFigure = (frame: Frame) => frame.metrics.length + frame.orders.length > 0 || frame.asks.includes('howLong');

/** Nothing but conditions, a metric, an aggregate or a question word: alone it says little. */
const isFragment = (frame: Frame) =>
  ![...frame.has].some((kind) =>
    ['order', 'summary', 'export', 'help', 'fact', 'outliers', 'association'].includes(kind),
  ) &&
  (frame.asks.every((ask) => ask === 'show' || ask === 'exists') || frame.narrowings.length === 0);

/** "the lowest?", "worst three?", "third?": of what, the last answer says. */
const isBareRank = (frame: Frame) =>
  saysOnly(frame, 'order', 'quantity', 'ordinal') &&
  frame.entities.length === 0 &&
  (frame.has.has('order') || frame.has.has('ordinal')) &&
  frame.orders.every(({ metric, all }) => metric === null && !all);

/** "any from customs?", "is there one in hr?" after a list: of those. */
const asksOfCategory = (frame: Frame, [first]: readonly string[]) =>
  (first === 'any' || frame.asks.includes('exists')) &&
  saysOnly(frame, 'ask', 'filter') &&
  frame.entities.every(({ entity, plural }) => entity === 'one' && !plural) &&
  frame.narrowings.length > 0 &&
  frame.narrowings.every(({ where }) => fieldOf(where) === 'category');

/** "which is highest?" says neither of what nor in what. */
const picksNothingNamed = (frame: Frame) =>
  frame.has.has('order') &&
  frame.asks.includes('which') &&
  frame.narrowings.length + frame.metrics.length + frame.dimensions.length + frame.entities.length === 0;

/** "it", "that" with no rows of their own to speak of. */
const pointsBack = (frame: Frame) =>
  frame.references.length > 0 &&
  !frame.entities.some(({ entity }) => entity === 'run') &&
  frame.narrowings.length === 0 &&
  frame.prompts.length === 0;

/** "of those", "that one", "these two": the rows of the last answer, and what is asked of them now. */
function readWithReference(
  frame: Frame,
  own: Condition[],
  count: number | null,
  before: Conversation,
): Query | 'no_context' | null {
  const previous = before.query;
  if (before.lost) return 'no_context';
  if (previous === null && frame.entities.some(({ entity, plural }) => plural && entity !== 'one'))
    return readAlone(frame, own) ?? 'no_context';
  if (previous === null)
    return readAlone(frame, own) === null || own.length === 0 ? 'no_context' : readAlone(frame, own);
  const spoken =
    count !== null
      ? lastSeen(before, count)
      : (insideGroup(frame, before) ?? lookedAt(frame, before) ?? rowsInFocus(before, previous));
  const apart = count !== null ? followUp(frame, own, true, before) : null;
  if (apart?.goal === 'compare' || apart?.goal === 'countEach' || (apart && frame.has.has('relation'))) return apart;
  if (spoken === null) return ofTheGroups(frame, own, before) ?? 'no_context';
  const focus = widened(spoken, own, previous);
  const numbers = focus.flatMap((condition) =>
    fieldOf(condition) === 'number' && 'value' in condition ? [condition.value].flat() : [],
  );
  if (numbers.length === 0 && previous.goal === 'list' && before.rows.length === 2) numbers.push(...before.rows);
  const compares = frame.compares.length > 0 && frame.quantities.length === 0 && numbers.length > 1;
  if (own.some((next) => focus.some((old) => fieldOf(old) === 'category' && excludeEachOther(old, next))))
    return followUp(frame, own, true, before);
  const where = both(focus, own);
  const alone = readAlone(compares ? { ...frame, prompts: numbers.map((number) => [Number(number)]) } : frame, where);
  const query = alone ?? followUp(frame, own, true, before);
  if (query === null) return null;
  const inherited = query.where.filter((condition) => focus.includes(condition));
  return { ...query, inherited };
}

/** "lowest of those?" after a figure for each group. */
const ofTheGroups = (frame: Frame, own: Condition[], before: Conversation) =>
  before.query?.goal.startsWith('grouped') && saysOnly(frame, 'order', 'ask') && frame.entities.length === 0
    ? followUp(frame, own, true, before)
    : null;

/** "how many are in that one?" after a category was told: all that are in it. */
function insideGroup(frame: Frame, { group }: Conversation): Condition[] | null {
  const inside = frame.items.some(
    ({ tag, words }) => tag.kind === 'reference' && /^(in|within|inside) that one$/.test(words),
  );
  return group !== null && inside && frame.asks.includes('count')
    ? [{ field: group.by, op: '=', value: group.key }]
    : null;
}

/** "show me that prompt" after the only one over three seconds: it is looked at for itself, and what comes next is of it. */
const lookedAt = (frame: Frame, { rows }: Conversation): Condition[] | null =>
  rows.length === 1 && saysOnly(frame, 'ask') && frame.references.some(({ number }) => number === 'one')
    ? [{ field: 'number', op: 'in', value: [...rows] }]
    : null;

/** The prompts looked at last, or all of a short answer. */
function lastSeen(before: Conversation, count: number): Condition[] | null {
  const named = (before.query?.where ?? []).find(
    (condition) =>
      'field' in condition && condition.field === 'number' && condition.op === 'in' && condition.value.length === count,
  );
  if (before.rows.length !== count && named !== undefined) return [named];
  const numbers = before.rows.length === count ? before.rows : before.seen.slice(-count);
  return numbers.length === count ? [{ field: 'number', op: 'in', value: numbers }] : null;
}
