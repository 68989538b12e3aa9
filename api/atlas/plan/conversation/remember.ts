import type { Condition, Conversation, Query, Refusal } from '../../plan.js';
import type { Result } from '../../table.js';

const MOST_SEEN = 10;
/** Answers that a next question does not lean on. */
const FORGOTTEN = new Set(['export', 'help', 'fact']);

const MOST_CATEGORIES = 4;

/** "billing", then "and shipping?": two to be compared. */
function categoriesAfter(before: Conversation, { query }: Result): string[] {
  const [name, ...more] = query.where.flatMap((condition) =>
    'field' in condition && condition.field === 'category' && condition.op === '=' ? [String(condition.value)] : [],
  );
  if (name === undefined || more.length > 0) return [];
  return [...(before.categories ?? []).filter((known) => known !== name), name].slice(-MOST_CATEGORIES);
}

const lists = (query: Query | null): query is Query => query?.goal === 'list' || query?.goal === 'count';

/** Input tokens after output tokens of the same prompts, or the other way round. */
function sumsOtherTokens(before: Query | null, last: Query): boolean {
  const [first, second] = [before, last].map(summedAlone);
  const pair = new Set([first, second]);
  return pair.has('inputTokens') && pair.has('outputTokens') && sameConditions(before?.where ?? [], last.where);
}

const summedAlone = (query: Query | null) =>
  query?.goal === 'statistic' && query.measures.length === 1 && query.measures[0]?.aggregate === 'sum'
    ? query.measures[0].metric
    : null;

const sameConditions = (a: readonly Condition[], b: readonly Condition[]) => JSON.stringify(a) === JSON.stringify(b);

/** What the next question may lean on: the last answer that was about rows. */
export function remember(before: Conversation, results: readonly Result[]): Conversation {
  const last = results.findLast((result) => !FORGOTTEN.has(result.query.goal));
  if (last === undefined) return { ...before, lost: false };
  const [group] = last.groups;
  const seen =
    last.rows.length === 1
      ? [...before.seen.filter((number) => number !== last.rows[0]), ...last.rows].slice(-MOST_SEEN)
      : before.seen;
  const leader = group && last.groups.length === 1 ? leadingGroup(last.query, group.key) : null;
  return {
    query: last.query,
    // An overview shows a prompt by the way; "which errors?" after it is of all.
    rows: last.query.goal === 'summary' ? [] : last.rows,
    earlier: lists(before.query) && lists(last.query) ? before.query.where : null,
    otherSum: sumsOtherTokens(before.query, last.query),
    group: leader,
    seen,
    categories: categoriesAfter(before, last),
    lost: false,
  };
}

/** "finance", where the group was asked for that has most or least of something. */
const leadingGroup = (query: Query, key: string): Conversation['group'] =>
  'pick' in query && query.pick !== null ? { by: query.by, key } : null;

/** A question that was understood but has no answer here changes nothing; one that was not leaves nothing to lean on. */
export const forget = (before: Conversation, reason: Refusal): Conversation => ({
  ...before,
  about: 'about' in reason && reason.about !== 'unclear' ? (reason.about ?? null) : null,
  lost: isLost(before, reason),
});

function isLost(before: Conversation, reason: Refusal): boolean {
  if (reason.code === 'off_topic') return before.query === null && reason.about === 'unclear';
  return reason.code !== 'no_run_facts';
}
