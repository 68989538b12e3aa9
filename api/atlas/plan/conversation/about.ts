import type { Metric } from '../../../contract/answer.js';
import type { Conversation, Query } from '../../plan.js';
import type { Item, Tag } from '../../tags.js';
import { clausesOf } from '../clauses/clauses.js';
import { resolveMetric } from '../goals/metrics.js';
import { conditionsOf } from '../narrow.js';
import { refine } from '../refine/refine.js';

const PLAIN = new Set<Tag['kind']>(['filter', 'metric', 'entity', 'ask', 'all', 'reference', 'joint', 'why', 'usage']);
const COUNTED = new Set<Metric>(['totalTokens', 'outputTokens', 'inputTokens', 'words', 'characters', 'attempts']);

/** A number of tokens or the like: "how many were there?" asks for it again. */
export function isSum(query: Query): boolean {
  const [measure, ...more] = query.goal === 'statistic' ? query.measures : [];
  return measure?.aggregate === 'sum' && more.length === 0 && COUNTED.has(measure.metric);
}

/**
 * What a question that is turned down was about: "are the python answers well written?" leaves the python answers to
 * go on with, "what did the tokens cost?" the tokens. Null where it was about nothing in particular.
 */
export function subjectOf(items: readonly Item[]): Query | 'unclear' | null {
  const said = items.filter((item, at) => item.tag.kind !== 'refused' && !isNamedBy(items[at - 1], item));
  const subject = plainSubject(said);
  return subject === null && said.some(({ tag }) => tag.kind === 'filter') ? 'unclear' : subject;
}

/** "the python explanations": whatever they are called, they are the python ones. */
const isNamedBy = (before: Item | undefined, { tag, words }: Item) =>
  before?.tag.kind === 'filter' && before.tag.noun === true && tag.kind === 'unknown' && /[^s]s$/.test(words);

function plainSubject(said: readonly Item[]): Query | null {
  const [frame, ...more] = clausesOf(refine(said));
  if (frame === undefined || more.length > 0 || !frame.items.every(({ tag }) => PLAIN.has(tag.kind))) return null;
  const where = conditionsOf(frame);
  const common = { where, inherited: [], assumptions: [], chart: null };
  const [name, ...others] = frame.metrics;
  if (others.length > 0) return null;
  if (name === undefined) return where.length === 0 ? null : { goal: 'list', limit: null, ...common };
  const metric = resolveMetric(name, frame)?.metric;
  if (metric === undefined || !COUNTED.has(metric)) return null;
  return { goal: 'statistic', measures: [{ metric, aggregate: 'sum' }], relation: null, ...common };
}

/** A question that leans on the last one where that had no answer leans on its subject. */
export const withSubject = (before: Conversation): Conversation =>
  before.query === null && before.about ? { ...before, query: before.about } : before;
