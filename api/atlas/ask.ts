import type { Answer, Metric } from '../contract/answer.js';
import type { Row, RunStatus } from '../contract/row.js';
import { metricValues } from '../results/aggregate.js';
import { execute } from './execute/execute.js';
import { readQuestion } from './language/link.js';
import { withoutStory } from './language/story/without-story.js';
import { buildPlan, EMPTY_CONVERSATION } from './plan/build.js';
import { forget, remember } from './plan/conversation/remember.js';
import type { Conversation, Plan, Query } from './plan.js';
import { renderAnswer, renderRefusal } from './render/answer.js';
import { withoutChips } from './render/chips.js';
import { factOf } from './render/facts.js';
import { titleOf } from './render/title.js';
import type { Result } from './table.js';

export type { Conversation } from './plan.js';

/** What is known of a run beside its rows. */
export interface RunFacts {
  runId: string;
  suiteId: string | null;
  modelId: string;
  concurrency: number;
  status: RunStatus;
  startedAt: string | null;
  finishedAt: string | null;
  total: number;
}

export interface Question {
  id: string;
  question: string;
  rows: readonly Row[];
  /** null: nothing is known of the run beside its rows. */
  run: RunFacts | null;
  conversation: Conversation | null;
  /** Chips of the last answer that the visitor took away. */
  without?: readonly string[];
}

export interface Answered {
  answer: Answer;
  conversation: Conversation;
}

/** Answers one question: read it, plan it, compute it, say it. Never throws, whatever is asked. */
export function ask(input: Question): Answered {
  const { plan, corrections } = planQuestion(input);
  return answerPlan(plan, input, corrections);
}

/** What the language makes of a question, before anything is computed: where need be, without the story around it. */
export function planQuestion({ question, rows, conversation }: Question) {
  const planned = planText(question, rows, conversation);
  if (planned.plan.kind === 'queries') return planned;
  const rest = withoutStory(question, rows);
  const alone = rest === null ? null : planText(rest, rows, conversation);
  return alone?.plan.kind === 'queries' ? alone : planned;
}

function planText(question: string, rows: readonly Row[], conversation: Conversation | null) {
  const reading = readQuestion(question, rows);
  return { plan: buildPlan(reading, rows, conversation ?? EMPTY_CONVERSATION), ...reading };
}

/** The rest of the story, from a plan on: also where a model has made the plan. */
export function answerPlan(
  plan: Plan,
  input: Question,
  corrections: readonly { from: string; to: string }[] = [],
): Answered {
  const before = input.conversation ?? EMPTY_CONVERSATION;
  if (plan.kind === 'unsupported')
    return { answer: renderRefusal(input, plan.reason), conversation: forget(before, plan.reason) };
  const queries = plan.queries.map((query) => withoutChips(query, input.without ?? []));
  if (queries.some((query) => query.goal === 'fact' && factOf(query.fact, input.run) === null))
    return { answer: renderRefusal(input, { code: 'no_run_facts' }), conversation: before };
  const metric = unmeasured(queries, input.rows);
  if (metric !== null) return { answer: renderRefusal(input, { code: 'not_measured', metric }), conversation: before };
  const results = queries
    .map((query) => resultOf(query, input))
    .map((result) => (queries.length > 1 ? leadingValues(result) : result));
  return {
    answer: renderAnswer(input, results, input.rows, corrections, input.run),
    conversation: remember(before, results),
  };
}

/** A figure that no prompt of the run has, though some were answered: not every endpoint streams or counts tokens. */
function unmeasured(queries: readonly Query[], rows: readonly Row[]): Metric | null {
  if (!rows.some(({ status }) => status === 'ok')) return null;
  const asked = queries.flatMap((query): Metric[] => {
    if ('measures' in query) return query.measures.map(({ metric }) => metric);
    return 'metric' in query ? [query.metric] : [];
  });
  return asked.find((metric) => metricValues(rows, metric).length === 0) ?? null;
}

/** Among several things asked, the group that leads is told without the others, and a share without what it is of; the table has them. */
function leadingValues(result: Result): Result {
  if (result.query.goal === 'share')
    return { ...result, values: result.values.filter(({ aggregate }) => aggregate === 'share') };
  const picked = 'pick' in result.query && result.query.pick !== null && result.groups.length > 0;
  const leads = (value: Result['values'][number]) => result.groups.some(({ key }) => key === value.group?.key);
  return picked ? { ...result, values: result.values.filter(leads) } : result;
}

function resultOf(query: Query, { rows, run }: Question): Result {
  const result = execute(query, rows, titleOf(query));
  const fact = query.goal === 'fact' ? factOf(query.fact, run) : null;
  return fact === null ? result : { ...result, table: { columns: [fact.name], rows: [[fact.value]] } };
}

/** The first message of the conversation: the run at a glance. */
export function opening({ id, rows, run }: { id: string; rows: readonly Row[]; run: RunFacts | null }): Answered {
  const query: Query = { goal: 'summary', where: [], inherited: [], assumptions: [], chart: null };
  return answerPlan({ kind: 'queries', queries: [query] }, { id, question: '', rows, run, conversation: null });
}
