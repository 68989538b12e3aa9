import type { Item, Tag } from '../tags.js';
import { countBegins, countsBeside, measuresBeside } from './beside.js';
import { excludeEachOther, sameCondition, sortOf } from './conditions.js';
import { any, CONTENT, hasGoal, realAsk } from './content.js';
import { type Frame, frameOf, type Joint } from './frame.js';
import { separateShares } from './refine/separate-shares.js';
import { isOpen, onlyLeavesOut, scopeOf, setsScope } from './scope.js';

/**
 * Splits a question into the things asked. Every joint may part two questions; whether it does depends on what stands
 * on both sides: "p95 and p99 latency" is one, "p95 latency, and which failed?" is two.
 */
export function clausesOf(items: readonly Item[]): Frame[] {
  const pieces = split(items);
  const scope = scopeOf(pieces);
  const clauses: { items: Item[]; frame: Frame }[] = [];
  for (const piece of pieces) {
    const frame = frameOf(piece.items);
    const last = clauses.at(-1);
    if (last && belongTogether(last.frame, piece.joint, frame)) {
      const joined = [...last.items, ...(piece.jointItem ? [piece.jointItem] : []), ...piece.items];
      clauses[clauses.length - 1] = { items: joined, frame: frameOf(joined) };
    } else if (piece.items.length > 0) clauses.push({ items: piece.items, frame });
  }
  return clauses
    .map(({ items, frame }, at) => ({ frame: at > 0 && isOpen(frame) ? frameOf([...scope, ...items]) : frame }))
    .flatMap(({ frame }) => opposites(frame))
    .flatMap(separateLists)
    .flatMap(separateShares);
}

/** "the shortest and longest replies": one question for each end. */
function opposites(frame: Frame): Frame[] {
  const orders = frame.items.filter(({ tag }) => tag.kind === 'order' && !tag.all && !tag.weak);
  const [first, second] = orders;
  if (orders.length !== 2 || first?.tag.kind !== 'order' || second?.tag.kind !== 'order') return [frame];
  const directions = new Set([first.tag.direction, second.tag.direction]);
  const opposed =
    (directions.has('asc') && directions.has('desc')) || (directions.has('best') && directions.has('worst'));
  if (!opposed || holdsGroups(frame) || isTopOf(frame, first, second)) return [frame];
  const plural = orders.some(({ words }) => /s$/.test(words));
  const items = frame.items.map((item) =>
    item.tag.kind === 'order' ? { ...item, tag: { ...item.tag, plural } } : item,
  );
  const [one, other] = items.filter((_, at) => orders.includes(frame.items[at] as Item));
  return [other, one].map((left) => frameOf(items.filter((item) => item !== left && item.tag.kind !== 'versus')));
}

/** "top 4 fastest": of which order the top is, the other one says. */
function isTopOf({ items }: Frame, first: Item, second: Item): boolean {
  const [top, count, order] = items.slice(items.indexOf(first));
  const named = second.tag.kind === 'order' && second.tag.metric !== null;
  return top?.words === 'top' && count?.tag.kind === 'quantity' && order === second && named;
}

/** "how much slower is the slowest of travel than the fastest of hr": one end of each. */
const holdsGroups = (frame: Frame) =>
  (frame.has.has('relation') || frame.has.has('versus')) &&
  frame.narrowings.filter(({ where }) => sortOf(where) === 'category').length > 1;

/** "list the refusals and the timeouts": no row is both, so each is a list of its own. */
function separateLists(frame: Frame): Frame[] {
  const [first, second, ...more] = frame.narrowings;
  if (first === undefined || second === undefined || more.length > 0 || second.joint !== 'and') return [frame];
  const states = [first, second].every(({ where }) => sortOf(where) === 'state');
  const counted = frame.asks.some((ask) => ask === 'count' || ask === 'share' || ask === 'exists');
  const lists =
    !counted &&
    frame.metrics.length === 0 &&
    frame.orders.length === 0 &&
    !frame.has.has('versus') &&
    frame.by.length === 0;
  if (!states || !lists || !excludeEachOther(first.where, second.where)) return [frame];
  return [second, first].map((left) =>
    frameOf(frame.items.filter((item) => item.from !== left.from && item.tag.kind !== 'joint')),
  );
}

interface Piece {
  joint: Joint | null;
  jointItem: Item | null;
  items: Item[];
}

function split(items: readonly Item[]): Piece[] {
  const pieces: Piece[] = [{ joint: null, jointItem: null, items: [] }];
  for (const [at, item] of items.entries()) {
    const current = pieces.at(-1) as Piece;
    if (item.tag.kind === 'joint') {
      if (current.items.length === 0 && current.joint !== null) {
        const stronger = rank(item.tag.joint) > rank(current.joint);
        if (stronger) pieces[pieces.length - 1] = { joint: item.tag.joint, jointItem: item, items: [] };
      } else pieces.push({ joint: item.tag.joint, jointItem: item, items: [] });
    } else if (asksAgain(current.items, item.tag) || startsCount(items, at, current))
      pieces.push({ joint: 'comma', jointItem: null, items: [item] });
    else current.items.push(item);
  }
  return pieces.filter((piece) => piece.items.length > 0);
}

const startsCount = (items: readonly Item[], at: number, { items: before }: Piece) =>
  before.length > 0 && countBegins(items, at, frameOf(before));

/** The conjunction counts more than the comma before it: ", and", ". Or". */
const rank = (joint: Joint) => (joint === 'or' ? 3 : joint === 'and' || joint === 'but' || joint === 'then' ? 2 : 1);

/** "how many went fine how many errored": dictated without a comma. */
function asksAgain(items: readonly Item[], tag: Tag): boolean {
  const asks = tag.kind === 'ask' && (tag.ask === 'count' || tag.ask === 'which' || tag.ask === 'howLong');
  const asked = items.some((item) => item.tag.kind === 'ask' && tag.kind === 'ask' && item.tag.ask === tag.ask);
  return asks && asked && items.some((item) => ['filter', 'order', 'metric'].includes(item.tag.kind));
}

const onlyAsks = (frame: Frame) =>
  !any(frame, new Set([...CONTENT].filter((kind) => kind !== 'ask' && kind !== 'reference')));
const strongReference = (frame: Frame) => frame.references.some((reference) => reference.weak !== true);

/** Whether the next piece goes on with the clause, or asks something new. */
function belongTogether(last: Frame, joint: Joint | null, next: Frame): boolean {
  if (!any(last, CONTENT) || !any(next, CONTENT)) return true;
  if (setsScope(last, joint, next)) return true;
  if (onlyLeavesOut(last) && joint !== 'or') return true;
  if (countsBeside(last, joint, next) || measuresBeside(last, joint, next)) return false;
  if (onlyGroups(last) && (next.metrics.length > 0 || hasGoal(next))) return true;
  if (onlyAggregates(last) && next.aggregates.length === 0 && measuresSomething(next)) return true;
  if (joint === 'and' && isRelative(last) && goesOnRelative(next)) return true;
  if (namesAnother(last, joint, next)) return true;
  if (joint === 'and' && isMeasured(last) && last.by.length === 0 && measuresGroups(next)) return true;
  if (leadsGroups(last) && ranksPrompts(next)) return false;
  if (asksForAnswers(last) && addsUp(next) && standsAlone(next)) return false;
  if (ranksGroups(last) && joint === 'comma' && onlyMeasures(next)) return true;
  if (comparesAgain(last, next)) return true;
  if (lacksSide(last) && (next.narrowings.length > 0 || next.prompts.length > 0) && joint === 'and') return true;
  if (addsUp(last) && ((next.aggregates.length > 0 && next.metrics.length > 0) || ranksPrompts(next))) return false;
  if (addsUp(next) && last.metrics.length > 0 && last.aggregates.length > 0) return false;
  if (isSummed(last) !== isSummed(next) && isMeasured(last) && isMeasured(next)) return false;
  if (measuresSides(last, next)) return true;
  const lastGoal = hasGoal(last);
  const nextGoal = hasGoal(next);
  if (asksForFile(last) && asksForFile(next) && last.exports.length + next.exports.length === 1) return true;
  if (asksForFile(last) !== asksForFile(next) && (asksForFile(last) ? lastGoal : nextGoal))
    return asksForFile(last) ? onlyAsks(next) : onlyAsks(last);
  if (last.has.has('summary') !== next.has.has('summary')) return onlyAsks(last) || onlyAsks(next);
  if (onlyAsks(next) && countsPrompts(next) && isMeasured(last) && joint !== 'slash') return false;
  if (onlyAsks(next))
    return (
      onlyAsks(last) ||
      !(last.asks.includes('count') || last.asks.includes('share')) ||
      joint === 'slash' ||
      next.asks.every((ask) => ask === 'count' || ask === 'show')
    );
  if (onlyAsks(last))
    return !realAsk(last) || !realAsk(next) || last.asks.every((ask) => ask === 'which' || ask === 'share');
  if (!nextGoal) return goesOn(last, joint, next);
  if (!lastGoal && last.metrics.length > 0 && frameCounts(next) && next.narrowings.length > 0) return false;
  if (!lastGoal) return !last.asks.includes('list') || !realAsk(next) || last.narrowings.length === 0;
  return sharesMeasure(last, joint, next);
}

/** "by category, …" */
const onlyGroups = (frame: Frame) =>
  frame.by.length > 0 && [...frame.has].every((kind) => kind === 'dimension' || kind === 'entity');

/** "total tokens" has its aggregate in its name. */
export const addsUp = (frame: Frame) =>
  frame.aggregates.length === 0 &&
  frame.orders.length === 0 &&
  frame.metrics.length === 1 &&
  !frame.has.has('chart') &&
  frame.items.some(
    ({ tag, words }) =>
      tag.kind === 'metric' && tag.metric === 'totalTokens' && /^(total|overall|tot|all)\b/.test(words),
  );

/** "claims or compliance, taking the average latency of each": by what they are compared. */
const measuresSides = (last: Frame, next: Frame) =>
  (last.compares.length > 0 || last.has.has('versus') || last.has.has('relation')) &&
  last.narrowings.length + last.prompts.flat().length > 1 &&
  last.aggregates.length + last.metrics.length === 0 &&
  next.items.some(({ words }) => /\b(each|both)$/.test(words)) &&
  !any(next, new Set([...CONTENT].filter((kind) => kind !== 'aggregate' && kind !== 'metric')));

export const asksForFile = (frame: Frame) =>
  frame.has.has('export') || frame.has.has('download') || frame.has.has('raw');

/** A piece without a goal of its own: conditions, or a metric that shares the aggregate. */
function goesOn(last: Frame, joint: Joint | null, next: Frame): boolean {
  if (next.metrics.length > 0 && last.metrics.length > 0 && last.has.has('order') && joint !== 'comma') return false;
  if (next.cues.includes('also') && next.narrowings.length > 0 && last.narrowings.length > 0) return false;
  const lists = next.asks.includes('list') || next.asks.includes('show') || next.asks.includes('exists');
  if (lists && (next.narrowings.length > 0 || next.prompts.length > 0) && (last.narrowings.length > 0 || hasGoal(last)))
    return false;
  if (next.prompts.length > 0 && last.prompts.length === 0 && hasGoal(last) && joint === 'and') return false;
  return true;
}

/** "min, max and average latency": aggregates and metrics that complete each other. */
function sharesMeasure(last: Frame, joint: Joint | null, next: Frame): boolean {
  const bareAggregates = (frame: Frame) =>
    frame.aggregates.length > 0 &&
    frame.metrics.length === 0 &&
    frame.orders.length === 0 &&
    !realAsk(frame) &&
    !frame.has.has('export');
  if (bareAggregates(last) && frameMeasures(next) && !frameCounts(next)) return true;
  if (frameMeasures(last) && bareAggregates(next) && !next.has.has('filter')) return true;
  if (bareAggregates(last) && bareAggregates(next)) return true;
  if (bareAggregates(next) && joint === 'comma' && leadsGroups(last) && last.aggregates.length === 0) return true;
  const comparison = (frame: Frame) =>
    frame.compares.length > 0 || frame.has.has('versus') || frame.asks.includes('which') || frame.has.has('relation');
  const sides = last.narrowings.length >= 1 || last.prompts.length >= 1 || last.metrics.length > 1;
  if (onlyCompares(next) && last.narrowings.length + last.prompts.flat().length + last.metrics.length > 1) return true;
  if (last.has.has('versus') && last.metrics.length > 1 && picksASide(next)) return true;
  if (!frameMeasures(last) && last.has.has('versus') && sides) return true;
  if (
    sides &&
    comparison(next) &&
    next.narrowings.length === 0 &&
    next.prompts.length === 0 &&
    (last.has.has('versus') || joint === 'comma' || joint === 'stop') &&
    !frameCounts(last) &&
    last.aggregates.length === 0 &&
    last.orders.length === 0
  )
    return true;
  const bareOrder =
    last.orders.length > 0 &&
    last.entities.length === 0 &&
    last.metrics.length === 0 &&
    last.narrowings.length === 0 &&
    !realAsk(last);
  if (
    bareOrder &&
    next.orders.length === 1 &&
    !realAsk(next) &&
    (joint === 'slash' || joint === 'and' || joint === 'or')
  )
    return true;
  const onlyOrder =
    next.orders.length > 0 && next.metrics.length === 0 && next.asks.length === 0 && next.narrowings.length === 0;
  if (onlyOrder && last.orders.length > 0 && next.orders.every((order) => order.all === true || order.weak))
    return true;
  if (onlyOrder && last.orders.length === 0 && next.orders.every((order) => order.all === true)) return true;
  if (
    next.orders.length > 0 &&
    !realAsk(next) &&
    next.narrowings.length === 0 &&
    joint !== 'and' &&
    last.orders.some((order) => order.weak)
  )
    return true;
  if (
    next.orders.length > 0 &&
    next.metrics.length > 0 &&
    !realAsk(next) &&
    joint === 'comma' &&
    last.orders.length > 0 &&
    last.metrics.length === 0 &&
    last.dimensions.length > 0
  )
    return true;
  const chartOnly = (frame: Frame) =>
    frame.has.has('chart') && frame.metrics.length === 0 && frame.narrowings.length === 0;
  if (chartOnly(last) && (frameMeasures(next) || next.metrics.length > 0)) return true;
  if (chartOnly(next) && (frameMeasures(last) || last.metrics.length > 0)) return true;
  if (
    next.by.length > 0 &&
    next.metrics.length === 0 &&
    !realAsk(next) &&
    next.aggregates.length === 0 &&
    next.orders.length === 0
  )
    return true;
  if (last.has.has('outliers') && next.has.has('outliers')) return true;
  if (strongReference(next) && next.asks.length === 0 && next.metrics.length === 0 && next.orders.length === 0)
    return true;
  return next.has.has('versus') && next.metrics.length === 0 && !realAsk(next) && next.narrowings.length > 0;
}

/** "…, side by side": how to show what has been asked. */
const onlyCompares = (frame: Frame) =>
  frame.has.has('versus') && !any(frame, new Set([...CONTENT].filter((kind) => kind !== 'versus')));

/** "…, which one is higher?" */
const picksASide = (frame: Frame) =>
  frame.asks.every((ask) => ask === 'which') &&
  (frame.compares.length > 0 || frame.orders.length > 0) &&
  frame.metrics.length +
    frame.narrowings.length +
    frame.aggregates.length +
    frame.entities.filter(({ entity }) => entity !== 'one').length ===
    0;

/** "input tokens in total, mean latency": each figure has an aggregate of its own. */
const isSummed = (frame: Frame) => frame.weakAggregates.length > 0 && frame.metrics.length > 0;
const isMeasured = (frame: Frame) =>
  frame.metrics.length > 0 && frame.aggregates.length > 0 && frame.narrowings.length === 0;

/** "mean latency and tokens per category": both are told of each. */
const measuresGroups = (frame: Frame) =>
  frame.by.length > 0 && frame.metrics.length > 0 && frame.narrowings.length === 0 && !realAsk(frame);

/** "mean latency, and how many prompts were there?" */
const countsPrompts = (frame: Frame) =>
  frame.asks.includes('count') && frame.entities.some(({ plural, entity }) => plural === true || entity === 'run');

/** "rank the categories slowest to fastest, mean latency" */
const ranksGroups = (frame: Frame) => frame.dimensions.length > 0 && frame.orders.some((order) => order.all === true);
const onlyMeasures = (frame: Frame) =>
  frame.metrics.length > 0 && [...frame.has].every((kind) => kind === 'metric' || kind === 'aggregate');

/** "slowest category", and then "the slowest prompt" */
const leadsGroups = (frame: Frame) =>
  frame.dimensions.length > 0 && frame.orders.some(({ metric, all }) => metric !== null && !all);
const ranksPrompts = (frame: Frame) =>
  frame.orders.some(({ metric, all }) => metric !== null && !all) &&
  frame.dimensions.length + frame.by.length === 0 &&
  frame.entities.some(({ entity }) => entity === 'prompt' || entity === 'response');

/** "prompts which are A and which are B": two conditions on the same prompts. */
const isRelative = (frame: Frame) =>
  frame.items.some(
    ({ tag }, at) => tag.kind === 'ask' && tag.ask === 'which' && frame.items[at - 1]?.tag.kind === 'entity',
  );
const goesOnRelative = (frame: Frame) =>
  frame.items[0]?.tag.kind === 'ask' &&
  frame.items[0].words === 'which' &&
  frame.entities.length === 0 &&
  frame.narrowings.length > 0 &&
  frame.orders.length + frame.metrics.length + frame.aggregates.length === 0;

/** "the answers of python or of recipes which took …": the clause behind the second name is about both. */
const namesAnother = (last: Frame, joint: Joint | null, next: Frame) => {
  const [first, relative] = next.items;
  const named = last.items.findLast(({ tag }) => tag.kind !== 'entity');
  return (
    (joint === 'or' || joint === 'and') &&
    isCategory(named) &&
    isCategory(first) &&
    /^(which|that|who)$/.test(next.items.find(({ tag }) => tag.kind === 'ask')?.words ?? '') &&
    (relative?.tag.kind === 'entity' || relative?.tag.kind === 'ask') &&
    next.orders.length + next.aggregates.length === 0
  );
};
const isCategory = (item: Item | undefined) => item?.tag.kind === 'filter' && sortOf(item.tag.where) === 'category';

/** "which one timed out, and what was the total token usage?": a total of nothing named is one of everything. */
const asksForAnswers = (frame: Frame) =>
  (realAsk(frame) || frame.asks.includes('list')) && frame.narrowings.length > 0 && frame.metrics.length === 0;
const standsAlone = (frame: Frame) => frame.narrowings.length + frame.prompts.length + frame.references.length === 0;

/** "On average, …" */
const onlyAggregates = (frame: Frame) =>
  frame.aggregates.length > 0 &&
  !any(frame, new Set([...CONTENT].filter((kind) => kind !== 'aggregate' && kind !== 'ask')));
const measuresSomething = (frame: Frame) =>
  frame.metrics.length > 0 || frame.orders.length > 0 || frame.asks.includes('howLong');

/** "travel vs support, median latency, how many times slower is travel": the sides have been named before. */
function comparesAgain(last: Frame, next: Frame): boolean {
  const sides = last.narrowings.length + last.prompts.flat().length;
  const known = (each: Frame['narrowings'][0]) => last.narrowings.some(({ where }) => sameCondition(where, each.where));
  return (
    sides > 1 &&
    last.has.has('versus') &&
    (next.has.has('relation') || next.compares.length > 0) &&
    next.narrowings.length + next.prompts.flat().length > 0 &&
    next.narrowings.every(known) &&
    next.prompts.flat().every((number) => last.prompts.flat().includes(number)) &&
    next.metrics.length + next.aggregates.length === 0
  );
}

/** "the difference between shipping …" waits for its "and". */
const lacksSide = (frame: Frame) =>
  frame.has.has('relation') && frame.narrowings.length + frame.prompts.flat().length === 1 && frame.metrics.length < 2;

const frameMeasures = (frame: Frame) =>
  frame.metrics.length > 0 && (frame.aggregates.length > 0 || frame.has.has('relation') || frame.has.has('chart'));
const frameCounts = (frame: Frame) => frame.asks.includes('count') || frame.asks.includes('share');
