import type { Condition, Conversation, Dimension, Goal, Query } from '../../plan.js';
import { goalOf, keep, saysOnly, type Turn } from './turn.js';

/** "by category", "which category is it in?" */
export function otherGrouping({ frame, before, previous }: Turn): Query | null {
  const by = frame.by[0] ?? frame.dimensions[0]?.by;
  if (by === undefined || !saysOnly(frame, 'by', 'dimension', 'ask') || frame.asks.includes('share')) return null;
  if (frame.by.length === 0 && namesPrompts(before, previous)) {
    const where: Condition[] = [{ field: 'number', op: 'in', value: before.rows }];
    if (by === 'error.type') where.push({ field: 'failed', op: '=', value: true });
    const pick = by === 'error.type' || frame.dimensions[0]?.plural ? null : 'max';
    return keep({ goal: 'groupedCount', by, pick, rank: null }, previous, where, { chart: null });
  }
  const goal = grouped(previous, by);
  return goal && keep(goal, previous, previous.goal === 'statistic' ? beyondGroup(previous.where, by) : previous.where);
}

/** The last answer was one prompt, or a list of some. */
const namesPrompts = ({ rows }: Conversation, { goal }: Query) =>
  rows.length === 1 || (rows.length > 0 && (goal === 'rank' || goal === 'list' || goal === 'count'));

/** What was asked of all of them, asked of each group. */
function grouped(previous: Query, by: Dimension): Goal | null {
  switch (previous.goal) {
    case 'statistic':
      return { goal: 'grouped', by, measures: previous.measures, pick: null, rank: null };
    case 'share':
      return previous.of.length === 0 ? { goal: 'groupedShare', by, pick: null, rank: null } : null;
    case 'rank': {
      const aggregate = previous.direction === 'desc' ? 'max' : 'min';
      const measures = [{ metric: previous.metric, aggregate }];
      return previous.limit === 1 ? { goal: 'grouped', by, measures, pick: null, rank: null } : null;
    }
    case 'grouped':
    case 'groupedCount':
    case 'groupedShare':
      return { ...goalOf(previous), by } as Goal;
    case 'count':
    case 'list':
      return { goal: 'groupedCount', by, pick: null, rank: null };
    default:
      return null;
  }
}

/** "that for every category" after a figure of one of them: it stands for this group alone no longer. */
const beyondGroup = (where: readonly Condition[], by: Dimension) =>
  where.filter((condition) => !('field' in condition && condition.field === by && condition.op === '='));

/** "as a chart", "show that as a histogram". */
export function asChart({ frame, previous }: Turn): Query | null {
  if (!frame.has.has('chart') || !saysOnly(frame, 'chart', 'ask')) return null;
  if (previous.goal === 'grouped' || previous.goal === 'groupedCount' || previous.goal === 'compare')
    return keep(goalOf(previous), previous, previous.where, { chart: 'bar' });
  const [measure] = 'metric' in previous ? [previous] : 'measures' in previous ? previous.measures : [];
  if (measure === undefined) return null;
  const goal = frame.charts.includes('bar') ? 'bars' : 'histogram';
  return keep({ goal, metric: measure.metric }, previous, previous.where);
}
