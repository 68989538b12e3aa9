import type { Item, Tag } from '../../tags.js';
import { sameCondition } from '../conditions.js';

/** Tags that say what is asked: an aside ends where one begins. */
const ASKING = new Set<Tag['kind']>([
  'aggregate',
  'chart',
  'summary',
  'outliers',
  'help',
  'export',
  'raw',
  'relation',
  'versus',
  'association',
  'fact',
]);
/** Tags that narrow the question wherever they stand: an aside that has one is part of it. */
const NARROWING = new Set<Tag['kind']>(['filter', 'compare', 'text', 'prompts', 'by', 'dimension', 'outliers']);
/** Subjects that make even an aside unanswerable. */
export const NEVER_ASIDE = new Set(['key', 'system_prompt', 'cost', 'action', 'quality', 'other_runs', 'other_models']);

/** In "our teacher still …" the adverb parts nothing. */
const isBoundary = ({ tag, words }: Item) =>
  words !== 'still' && tag.kind === 'joint' && tag.joint !== 'and' && tag.joint !== 'or' && tag.joint !== 'slash';
const isAsking = ({ tag, words }: Item) =>
  ASKING.has(tag.kind) ||
  (tag.kind === 'metric' && /^how /.test(words)) ||
  (tag.kind === 'ask' && tag.ask === 'show' && /^i (need|want|would like)|^(give|show|tell)/.test(words)) ||
  (tag.kind === 'ask' &&
    !/^(every|any)/.test(words) &&
    ['which', 'count', 'share', 'howLong', 'list', 'exists'].includes(tag.ask));

/**
 * Leaves out remarks beside the question: "my boss is waiting", "so I can put it on a slide". A remark ends with its
 * clause or where the question begins. One that narrows the question, or has a word that no dictionary knows, stays.
 */
export function withoutAsides(items: readonly Item[]): Item[] {
  const kept: Item[] = [];
  let at = 0;
  while (at < items.length) {
    const item = items[at];
    if (item === undefined) break;
    if (item.tag.kind !== 'aside') {
      kept.push(item);
      at += 1;
      continue;
    }
    if (kept.length === 0 && isPurpose(item)) {
      at += 1;
      continue;
    }
    const rest = items.slice(at + 1);
    const purpose = isPurpose(item) && kept.some(isAsking);
    const denied = /(not|n't) (want|need|mean|ask for|care about)$/.test(item.words);
    const reason = purpose || denied || /^(because|since|as|given|cause)\b/.test(item.words);
    const length = rest.findIndex(
      (item) => isBoundary(item) || item.tag.kind === 'aside' || (isAsking(item) && !reason),
    );
    const remark = length < 0 ? rest : rest.slice(0, length);
    const cut = length >= 0 && isAsking(rest[length] as Item);
    const others = items.slice(0, at).concat(rest.slice(remark.length));
    const own = remark.filter((each, index) => !saysAgain(each, others) && !deniesAgain(remark, index, others));
    const said =
      isRemark(own, isStatement(item)) &&
      !(isCondition(item) && kept.some(isAsking) && own.some(({ tag }) => tag.kind === 'unknown')) &&
      !(purpose && own.some(({ tag }) => tag.kind === 'metric')) &&
      !(cut && deniesNext(remark)) &&
      !(asksItself(item) && remark[0]?.tag.kind === 'refused') &&
      !lendsFigure(remark, others) &&
      !lendsMetric(remark, others);
    if (!said && denied && remark.some(({ tag }) => tag.kind === 'filter'))
      kept.push({ ...item, tag: { kind: 'negation', style: 'exclude' } });
    if (!said) kept.push(...remark.filter(({ tag }) => tag.kind !== 'aside'));
    at += 1 + remark.length;
  }
  return kept;
}

/** "if we do not | count the empty one": the denial belongs to what follows. */
const deniesNext = (remark: readonly Item[]) => remark.at(-1)?.tag.kind === 'negation';

/** "I wonder who wrote these" asks, though of what is not in the data. */
const asksItself = ({ words }: Item) => /\b(wonder|wondered)$/.test(words);

/** "People leave after two seconds. Are there more of those in …": of which, only the remark says. */
const lendsFigure = (remark: readonly Item[], others: readonly Item[]) =>
  remark.some(({ tag }) => tag.kind === 'quantity' && tag.unit !== null) &&
  others.some(({ tag, words }) => tag.kind === 'reference' && /\b(those|that|these|them)$/.test(words));

/** "I am making a table with response sizes, I need the median": of what, only the remark says. */
function lendsMetric(remark: readonly Item[], others: readonly Item[]): boolean {
  const measures = ({ tag }: Item) => tag.kind === 'metric' || (tag.kind === 'order' && tag.metric !== null);
  const open = others.some(({ tag }) => tag.kind === 'aggregate' || (tag.kind === 'order' && tag.metric === null));
  return remark.some(({ tag }) => tag.kind === 'metric') && open && !others.some(measures);
}

/** "I want to see whether …" opens a question of its own; behind another it says what that one is for. */
const isPurpose = ({ words }: Item) => /^(i|we) .*\b(if|whether)$/.test(words);

/** "… by category. I wonder whether the topic matters": a remark may say again what the question narrows by. */
const saysAgain = ({ tag }: Item, others: readonly Item[]) =>
  tag.kind === 'dimension'
    ? others.some((other) => other.tag.kind === 'dimension' && other.tag.by === tag.by)
    : tag.kind === 'metric'
      ? others.some((other) => other.tag.kind === 'metric' && other.tag.metric === tag.metric)
      : tag.kind === 'filter' &&
        others.some((other) => other.tag.kind === 'filter' && sameCondition(other.tag.where, tag.where));

/** "we think of dropping the retries, so how many were there?" */
function deniesAgain(remark: readonly Item[], at: number, others: readonly Item[]): boolean {
  const next = remark[at + 1];
  return remark[at]?.tag.kind === 'negation' && next?.tag.kind === 'filter' && saysAgain(next, others);
}

/** "… when they ran in our database": behind a question it narrows it, in words that are not read. */
const isCondition = ({ words }: Item) => /^(when|while|after|before|until|till|once|whenever|if)\b/.test(words);

/** "I know the itineraries are slow, …": what somebody holds, which is not asked for. */
const isStatement = ({ words }: Item) =>
  /^(i|we) .*\b(know|think|guess|believe|suppose|suspect|heard|told|noticed|set|configured|chose|picked|capped|lowered|raised|put)\b/.test(
    words,
  ) && !/\b(if|whether|how|what|why)$/.test(words);

function isRemark(items: readonly Item[], isStatement: boolean): boolean {
  const limits = items.some(({ tag }) => tag.kind === 'quantity' || tag.kind === 'filter' || tag.kind === 'prompts');
  return items.every(({ tag }, at) => {
    if (tag.kind === 'unknown') return tag.english;
    if (tag.kind === 'compare') return !limits;
    if (tag.kind === 'negation') return tag.style !== 'exclude';
    if (tag.kind === 'quantity') return tag.unit !== 'percent';
    if (tag.kind === 'refused') return !NEVER_ASIDE.has(tag.topic) || (isStatement && tag.topic === 'quality');
    if (tag.kind === 'by') return items[at + 1]?.tag.kind !== 'dimension';
    return !NARROWING.has(tag.kind);
  });
}

/** The same items with every remark taken at its word. */
export const withAsides = (items: readonly Item[]): Item[] => items.filter(({ tag }) => tag.kind !== 'aside');

/** Meanings that a remark has none of. */
const SAYS_SOMETHING = new Set<Tag['kind']>([
  'metric',
  'aggregate',
  'order',
  'compare',
  'quantity',
  'ordinal',
  'prompts',
  'filter',
  'negation',
  'dimension',
  'chart',
  'export',
  'raw',
  'summary',
  'help',
  'outliers',
  'association',
  'relation',
  'versus',
  'fact',
  'why',
  'text',
  'refused',
]);

/** "make me laugh, …" asks for something, in words that are not read. */
const isDemand = (first: Item | undefined) =>
  first?.tag.kind === 'light' && /^(make|bring|give|get|help|turn|send|put|try)$/.test(first.words);
const isStop = (tag: Tag) => tag.kind === 'joint' && tag.joint === 'stop';
const asksForFigure = (tag: Tag) => tag.kind === 'ask' && ['count', 'share', 'howLong'].includes(tag.ask);

/**
 * "Pity, our mail filter eats those. As JSON then": a piece of English between commas or stops that has no meaning here
 * at all, beside others that have. A word that no dictionary knows may be a name, so it stays. What asks for a figure is
 * no remark, unless a later sentence corrects it.
 */
export function withoutRemarks(items: readonly Item[], words: readonly string[]): Item[] {
  const pieces: Item[][] = [[]];
  for (const item of items) {
    pieces.at(-1)?.push(item);
    if (isBoundary(item)) pieces.push([]);
  }
  const wordsOf = (piece: readonly Item[]) => {
    const before = items.findLast((item) => item.to <= (piece[0]?.from ?? 0) && isBoundary(item));
    return words.slice(before?.to ?? 0, piece.at(-1)?.to);
  };
  const correction = items.findLastIndex(({ tag }, at) => at > 0 && tag.kind === 'cue' && tag.cue === 'instead');
  const sentence = items.slice(0, Math.max(correction, 0)).findLast(({ tag }) => isStop(tag))?.to ?? 0;
  const takenBack = (piece: readonly Item[]) => correction > 0 && (piece[0]?.from ?? 0) < sentence;
  const isRemark = (piece: readonly Item[]) =>
    !isDemand(piece[0]) &&
    isSentence(wordsOf(piece)) &&
    (correction < 0 || takenBack(piece)) &&
    (takenBack(piece) || !piece.some(({ tag }) => asksForFigure(tag))) &&
    piece.some(({ tag }) => tag.kind === 'unknown' || tag.kind === 'refused') &&
    piece.every((item) => saysNothing(item, piece)) &&
    !(piece.some(({ tag }) => tag.kind === 'refused') && piece.some(isAsking) && !piece.some(isWish));
  return pieces.filter((piece) => !isRemark(piece)).flat();
}

function saysNothing({ tag, words }: Item, piece: readonly Item[]): boolean {
  if (tag.kind === 'unknown') return tag.english;
  if (tag.kind === 'refused') return tag.topic === 'other_people';
  if (tag.kind === 'quantity') return /\b(min|mins|minutes?|hours?|days?)$/.test(words);
  if (tag.kind === 'negation') return tag.style === 'not' && piece.some(({ tag }) => tag.kind === 'refused');
  if (tag.kind === 'compare') return tag.op === '=';
  return !SAYS_SOMETHING.has(tag.kind);
}

const SCOPES =
  /^(for|in|on|of|at|from|among|amongst|within|about|regarding|concerning|with|without|by|per|across|during|under|to|only|just|all|any|every|no)$/;
const SAYS =
  /^(i|we|you|he|she|they|it|this|that|there|my|our|is|are|was|were|am|has|have|had|will|would|can|could|should|do|does|did|starts|begins|ends|waits|wants|needs|asks|says|thinks|knows|likes)$/;

/** "for legal prompts, …" names what is meant, in words that are not read; only who says something makes a remark. */
const isSentence = ([first = '', ...rest]: readonly string[]) =>
  !SCOPES.test(first) && [first, ...rest].some((word) => SAYS.test(word));

/** "we want that customers …" */
const isWish = ({ tag, words }: Item) => tag.kind === 'ask' && tag.ask === 'show' && /^(i|we) /.test(words);
