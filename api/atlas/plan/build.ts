import type { Row } from '../../contract/row.js';
import type { Conversation, Plan, Query, Refusal } from '../plan.js';
import type { Item, Reading } from '../tags.js';
import { clausesOf } from './clauses/clauses.js';
import { fieldOf } from './conditions.js';
import { subjectOf } from './conversation/about.js';
import { pointsAtNoWord } from './conversation/follow-text.js';
import { inContext } from './conversation/in-context.js';
import { justRanked } from './conversation/just-ranked.js';
import { pointsAtNoGroup, pointsAtTie } from './conversation/that-group.js';
import type { Frame } from './frame.js';
import { readAlone } from './goals/read-alone.js';
import { conditionsOf } from './narrow.js';
import { readClause } from './read-clause.js';
import { withAsides, withoutAsides, withoutRemarks } from './refine/asides.js';
import { namedGroups } from './refine/compared-groups.js';
import { countsWhatIsNamed } from './refine/counted-already.js';
import { definitions } from './refine/definitions.js';
import { extremesAsPrompts, withoutExtremes } from './refine/extremes.js';
import { glossed } from './refine/glossed.js';
import { heldFigures } from './refine/held-figures.js';
import { heldTo } from './refine/held-to.js';
import { oneBehind } from './refine/listed-ends.js';
import { judgedBefore } from './refine/named-before.js';
import { dropInterjection, refine } from './refine/refine.js';
import { relativeLimits, sameAsPrompt } from './refine/relative.js';
import { asksToRemove } from './refine/removals.js';
import { scattered } from './refine/scattered.js';
import { namedGroup, statedLimits } from './refine/stated.js';
import { openBetweens, unreadClauses, withoutLight } from './refine/unread.js';

export const EMPTY_CONVERSATION: Conversation = {
  query: null,
  rows: [],
  group: null,
  seen: [],
  categories: [],
  lost: false,
};
const MOST_PARTS = 4;

/** From a reading to queries that account for every word of it, or to the reason why there are none. */
export function buildPlan(reading: Reading, rows: readonly Row[], before: Conversation): Plan {
  const said = judgedBefore(namedGroup(statedLimits(namedGroups(reading.items))));
  const asides = withoutAsides(said);
  if (before.query === null && asksToRemove(asides)) return unsupported({ code: 'off_topic', topic: 'action' });
  const planned = (items: readonly Item[]) => planOf(items, rows, before, reading.words);
  const plain = planned(asides);
  if (plain.kind === 'queries') return plain;
  const told = planned(withAsides(said));
  if (told.kind === 'queries') return told;
  const unremarked = planned(withoutRemarks(asides, reading.words));
  return unremarked.kind === 'queries' ? unremarked : plain;
}

const unsupported = (reason: Refusal): Plan => ({ kind: 'unsupported', reason });

function planOf(said: readonly Item[], rows: readonly Row[], before: Conversation, words: readonly string[]): Plan {
  const items = heldTo(
    inContext(definitions(glossed(dropInterjection(withoutLight(withoutAskedWhy(said))))), before, rows),
    words[0] ?? '',
  );
  const refused = items.find(({ tag }) => tag.kind === 'refused');
  if (refused?.tag.kind === 'refused')
    return unsupported({ code: 'off_topic', topic: refused.tag.topic, about: subjectOf(items) });
  const unread = [
    ...items.filter(({ tag }) => tag.kind === 'unknown'),
    ...unreadClauses(said),
    ...openBetweens(items),
    ...scattered(items),
  ];
  const unknown = unread.map(({ words }) => words);
  if (unknown.length > 0)
    return unsupported({ code: 'unknown_words', words: [...new Set(unknown)], about: besides(items) });
  if (pointsAtNoGroup(items) || pointsAtNoWord(items) || pointsAtTie(items, before))
    return unsupported({ code: 'no_context' });
  const clauses = clausesOf(prepare(items, rows));
  if (clauses.length === 0 || clauses.length > MOST_PARTS) return unsupported({ code: 'not_understood' });
  const missing = clauses
    .flatMap((clause) => clause.prompts.flat())
    .filter((number) => !rows.some((row) => row.number === number));
  if (missing.length > 0) return unsupported({ code: 'no_such_prompt', numbers: missing, about: onlyOne(clauses) });
  const queries: Query[] = [];
  for (const [at, clause] of clauses.entries()) {
    const context = at === 0 ? before : justSaid(queries.at(-1), before, rows);
    const query = readClause(clause, context, {
      leads: at === 0 && leads(items),
      later: at > 0,
      opens: at === 0 && OPENS_QUESTION.test(words[0] ?? ''),
      words: at === 0 ? words : [],
    });
    if (query === 'no_context') return unsupported({ code: 'no_context' });
    if (query === null || isOfTwoCategories(query)) return unsupported({ code: 'not_understood' });
    const outside = promptsOf(query).find((number) => !rows.some((row) => row.number === number));
    if (outside !== undefined) return unsupported({ code: 'no_such_prompt', numbers: [outside] });
    const asked = clauses.length > 1 && clause.aggregates.length === 0 ? leadingFigures(query) : query;
    if (!queries.some((earlier) => isSameQuery(earlier, asked))) queries.push(asked);
  }
  return { kind: 'queries', queries };
}

/** "I need our failure rate. What is it, in percent?" asks one thing. */
const isSameQuery = (a: Query, b: Query) =>
  JSON.stringify({ ...a, inherited: [] }) === JSON.stringify({ ...b, inherited: [] });

/** Joins neighbouring meanings, and puts figures of the run in the place of the words for them. */
function prepare(items: Item[], rows: readonly Row[]): Item[] {
  const ends = extremesAsPrompts(oneBehind(items), rows);
  const figures = withoutExtremes(heldFigures(ends), rows);
  const limits = relativeLimits(sameAsPrompt(figures, rows), rows);
  const refined = strictErrors(refine(limits));
  return refined.filter((item) => !countsWhatIsNamed(item, refined, rows));
}

/** What is asked but for one word that is not read: another name may take its place in the next question. */
function besides(items: readonly Item[]): Query | null {
  const known = items.filter(({ tag }) => tag.kind !== 'unknown');
  return items.length - known.length === 1 ? onlyOne(clausesOf(refine(known))) : null;
}

function onlyOne([clause, ...more]: readonly Frame[]): Query | null {
  return clause && more.length === 0 ? readAlone(clause, conditionsOf(clause)) : null;
}

/** What the second thing asked may lean on: the first. */
const justSaid = (query: Query | undefined, { seen }: Conversation, rows: readonly Row[]): Conversation => ({
  ...EMPTY_CONVERSATION,
  query: query ?? null,
  rows: justRanked(query, rows),
  seen,
});

/** No prompt is of two categories: who names them means one after the other, or each. */
const isOfTwoCategories = ({ where }: Query) => {
  const named = where.flatMap((condition) =>
    fieldOf(condition) === 'category' && 'op' in condition && condition.op === '=' ? [condition.value] : [],
  );
  return new Set(named).size > 1;
};

/** "why was number 6 so slow?": the facts of the prompt are told, whatever it is thought to be. */
function withoutAskedWhy(items: readonly Item[]): Item[] {
  const asked = items.some(({ tag }) => tag.kind === 'why') && items.some(({ tag }) => tag.kind === 'prompts');
  const thought = /^(slow|sluggish|quick|fast|long|short|late|verbose|big|small)$/;
  return items.filter(({ tag, words }) => !(asked && tag.kind === 'unknown' && thought.test(words)));
}

/** Among several things asked, an unnamed figure is one figure. */
function leadingFigures(query: Query): Query {
  if (query.goal !== 'statistic') return query;
  const measures = query.measures.filter(
    ({ metric }, at) => query.measures.findIndex((other) => other.metric === metric) === at,
  );
  return { ...query, measures };
}

function promptsOf(query: Query): number[] {
  const conditions = [...query.where, ...('sides' in query ? query.sides.flatMap((side) => side.where) : [])];
  return conditions.flatMap((condition) =>
    fieldOf(condition) === 'number' && 'value' in condition && ['=', 'in'].includes(condition.op)
      ? [condition.value].flat().map(Number)
      : [],
  );
}

const LEADING_CUES = new Set(['same', 'only', 'about', 'instead', 'also', 'and']);

function leads(items: readonly Item[]): boolean {
  const [first] = items;
  if (first?.tag.kind === 'joint')
    return (
      first.tag.joint === 'and' || first.tag.joint === 'then' || first.tag.joint === 'but' || first.tag.joint === 'or'
    );
  return first?.tag.kind === 'cue' && LEADING_CUES.has(first.tag.cue);
}

/** "Errors" beside "timeouts" are those that are not timeouts. */
function strictErrors(items: readonly Item[]): Item[] {
  const timeouts = items.some(
    ({ tag }) =>
      tag.kind === 'filter' && 'field' in tag.where && tag.where.field === 'status' && tag.where.value === 'timeout',
  );
  return items.map((item) => {
    if (
      !timeouts ||
      item.tag.kind !== 'filter' ||
      !item.tag.loose ||
      !('field' in item.tag.where) ||
      item.tag.where.value !== true
    )
      return item;
    return { ...item, tag: { ...item.tag, where: { field: 'status', op: '=', value: 'error' } } };
  });
}

/** Words that open a question of its own. */
const OPENS_QUESTION =
  /^(what|who|did|do|does|is|are|was|were|how|can|could|which|where|any|show|list|find|give|count|has|have)$/;
