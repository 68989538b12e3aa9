import type { Item, Tag } from '../../tags.js';
import { fieldOf } from '../conditions.js';
import { namedEnds } from '../conversation/follow-steps.js';
import { associations } from './associations.js';
import { eachGroup, kindsOfErrors, namedBuckets } from './buckets.js';
import { chosenFrom, chosenNumbers } from './chosen-numbers.js';
import { forEachOther, ratioOfTwo } from './compared-groups.js';
import {
  commonErrors,
  countedPicks,
  countedRetries,
  idioms,
  listedEnds,
  missingValues,
  namedFields,
  remainders,
  unions,
  unsaidSides,
} from './completions.js';
import { declaredLimits } from './declared.js';
import {
  comparedAnyway,
  deviations,
  exceptionsKept,
  otherReasons,
  ownersOfExtremes,
  saidTwice,
  sharedMeasures,
  sortedByFirst,
} from './endings.js';
import { outputsBesideInputs } from './halves.js';
import { shareHeldTo } from './held-to.js';
import {
  addedOnTop,
  cameBack,
  cameOut,
  foreignSuperlatives,
  furtherOnes,
  goneThrough,
  limitedAlready,
  namedFilters,
  rankedEnds,
  relativeFields,
  totalsAgainstLimit,
} from './idioms.js';
import { inPercent } from './in-percent.js';
import { inclusions } from './inclusions.js';
import { limits } from './limits.js';
import { endsAndDistance } from './listed-ends.js';
import { listedStates } from './listed-states.js';
import { namedBefore, runtimeOfPrompts, timeUntil } from './named-before.js';
import { allBut, tokenPairs, valuesNamed } from './named-values.js';
import { negations, negationsAfter } from './negations.js';
import {
  figuresByNumber,
  figuresOfNumbers,
  numberedApart,
  numberedSteps,
  numberedSubjects,
  reasonsByNumber,
  shownByNumber,
} from './numbered.js';
import { percentilesAgain } from './percentiles.js';
import { promises } from './promises.js';
import { restated } from './restated.js';
import { deniedAfter, searches } from './searches.js';
import { separateTokens, sideBySide } from './side-by-side.js';
import { otherHalf, whichIsMore } from './stated.js';

type Refiner = (items: Item[]) => Item[];

/** Each joins neighbouring meanings into one, in this order. */
const REFINERS: readonly Refiner[] = [
  associations,
  declaredLimits,
  chosenFrom,
  chosenNumbers,
  forEachOther,
  ratioOfTwo,
  inPercent,
  shareHeldTo,
  eachGroup,
  kindsOfErrors,
  namedBefore,
  percentilesAgain,
  runtimeOfPrompts,
  timeUntil,
  leadingNo,
  namedEnds,
  endsAndDistance,
  figuresOfNumbers,
  sideBySide,
  separateTokens,
  corrections,
  rejected,
  restated,
  saidTwice,
  exceptionsKept,
  deviations,
  otherReasons,
  sharedMeasures,
  comparedAnyway,
  whichIsMore,
  otherHalf,
  sortedByFirst,
  ownersOfExtremes,
  idioms,
  addedOnTop,
  cameBack,
  cameOut,
  furtherOnes,
  foreignSuperlatives,
  goneThrough,
  limitedAlready,
  rankedEnds,
  namedFilters,
  shownByNumber,
  numberedApart,
  numberedSteps,
  numberedSubjects,
  reasonsByNumber,
  figuresByNumber,
  listedStates,
  totalsAgainstLimit,
  outputsBesideInputs,
  commonErrors,
  listedEnds,
  countedRetries,
  missingValues,
  relativeFields,
  namedFields,
  valuesNamed,
  tokenPairs,
  namedCategories,
  deniedAfter,
  searches,
  promises,
  limits,
  namedBuckets,
  bareThresholds,
  withoutPrepositions,
  countedPicks,
  unsaidSides,
  inclusions,
  allBut,
  negations,
  negationsAfter,
  remainders,
  unions,
];

export function refine(items: readonly Item[]): Item[] {
  return REFINERS.reduce<Item[]>((refined, refiner) => refiner(refined), [...items]);
}

/** "OK, so …", "fine. now …": an answer to us, not a status. */
export function dropInterjection(items: readonly Item[]): Item[] {
  const [first, second] = items;
  if (first?.tag.kind !== 'filter' || first.from > 1 || isOpposed(second)) return [...items];
  const says = /^(ok|okay|okey|fine|good|alright|great)$/.test(first.words);
  if (second === undefined) return says ? [] : [...items];
  const counted =
    (second.tag.kind === 'entity' || (second.tag.kind === 'ask' && second.tag.ask !== 'which')) &&
    second.from === first.to;
  return says && !(counted && second.tag.kind === 'entity') && !(counted && items.length === 2)
    ? items.slice(1)
    : [...items];
}

/** "no, 5", "nah, the travel ones": an answer to us, which corrects what was said before. */
function leadingNo(items: Item[]): Item[] {
  const [first, second, ...rest] = items;
  const says = first?.tag.kind === 'negation' && /^(no|nah|nope)$/.test(first.words);
  if (!says || second?.tag.kind !== 'joint' || rest.length === 0) return items;
  return [{ ...first, tag: { kind: 'cue', cue: 'instead' } }, ...rest];
}

/** "OK versus not OK", "ok / not ok" */
const isOpposed = (item: Item | undefined) =>
  item?.tag.kind === 'versus' ||
  (item?.tag.kind === 'joint' && (item.tag.joint === 'slash' || item.tag.joint === 'or'));

/** "the average, no sorry, the median": what comes after the correction takes the place of its like. */
function corrections(items: Item[]): Item[] {
  const cue = items.findLastIndex(({ tag }, at) => at > 0 && tag.kind === 'cue' && tag.cue === 'instead');
  if (
    cue < 1 ||
    cue === items.length - 1 ||
    items.slice(0, cue).every(({ tag }) => tag.kind === 'cue' || tag.kind === 'joint') ||
    endsInNegation(items.slice(0, cue))
  )
    return items;
  const later = new Set(items.slice(cue + 1).map(({ tag }) => tag.kind));
  const replaceable = new Set<Tag['kind']>([
    'aggregate',
    'text',
    'quantity',
    'prompts',
    'order',
    'metric',
    'filter',
    'export',
    'chart',
    'dimension',
  ]);
  const stays = ({ tag }: Item) => !(replaceable.has(tag.kind) && later.has(tag.kind)) && tag.kind !== 'joint';
  const said = items.slice(cue + 1).filter(({ tag }, at) => !isPointer(tag) && !(at === 0 && tag.kind === 'joint'));
  return [...items.slice(0, cue).filter(stays), ...said];
}

/** "did not answer? I mean the refusal": what is denied before must not deny what comes after. */
const endsInNegation = (items: readonly Item[]) =>
  items.findLast(({ tag }) => tag.kind !== 'joint' && tag.kind !== 'entity' && tag.kind !== 'reference')?.tag.kind ===
  'negation';

const isPointer = (tag: Tag) =>
  (tag.kind === 'reference' && /one$/.test(tag.number)) ||
  (tag.kind === 'joint' && tag.joint !== 'or' && tag.joint !== 'and');

/** "the median, not the mean", "five instead of three": named only to be turned down. */
function rejected(items: Item[]): Item[] {
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at] as Item;
    const next = items[at + 1];
    const turnsDown =
      item.tag.kind === 'negation' &&
      (next?.tag.kind === 'aggregate' ||
        next?.tag.kind === 'chart' ||
        next?.tag.kind === 'export' ||
        (next?.tag.kind === 'quantity' && next.tag.unit === null));
    if (turnsDown && items.some((other) => other !== next && other.tag.kind === next.tag.kind)) at += 1;
    else out.push(item);
  }
  return out;
}

/** "the support category", "a category other than support": the word says no more than the name. */
function namedCategories(items: Item[]): Item[] {
  const isCategory = (item: Item | undefined) =>
    item?.tag.kind === 'filter' && 'field' in item.tag.where && item.tag.where.field === 'category';
  return items.filter((item, at) => {
    const next = items[at + 1]?.tag.kind === 'negation' ? items[at + 2] : items[at + 1];
    const beside = isCategory(items[at - 1]) || isCategory(next);
    const named = item.tag.kind === 'dimension' && item.tag.by === 'category' && !item.tag.plural && !item.tag.each;
    return !(named && beside && items[at - 1]?.tag.kind !== 'by' && items[at - 1]?.tag.kind !== 'ask');
  });
}

/** "within support", "over all requests", "list them at least": a limit needs a number. */
function withoutPrepositions(items: Item[]): Item[] {
  return items.filter(
    ({ tag, words }, at) =>
      !(words === 'at least' && tag.kind === 'compare' && isConcession(items, at)) &&
      !(
        tag.kind === 'compare' &&
        items[at + 1] === undefined &&
        items[at - 1]?.tag.kind === 'filter' &&
        words === 'at least'
      ) &&
      !(tag.kind === 'compare' && items[at + 1]?.tag.kind !== 'quantity' && isUnderName(items, at)) &&
      !(
        tag.kind === 'compare' &&
        items[at + 1]?.tag.kind !== 'quantity' &&
        !(tag.op === 'between' && items[at + 1]?.tag.kind === 'order') &&
        /^(within|over|past|from|inside( of)?|up to|plus|\+|=|exactly|between|in between|beyond)( the)?$/.test(words)
      ),
  );
}

/** "then at least tell me …", "ok, at least the total tokens": what is settled for, not a limit. */
function isConcession(items: readonly Item[], at: number): boolean {
  const opens = items.slice(0, at).every(({ tag }) => ['joint', 'cue', 'courtesy'].includes(tag.kind));
  return opens && ['ask', 'metric', 'aggregate', 'summary'].includes(items[at + 1]?.tag.kind ?? '');
}

/** "what we have under hr", "under which category does it fall": no limit, but a place. */
function isUnderName(items: readonly Item[], at: number): boolean {
  const [next, after] = [items[at + 1], items[at + 2]];
  if (!/^(under|below|beneath|above)( the)?$/.test(items[at]?.words ?? '')) return false;
  if (next?.tag.kind === 'ask') return next.tag.ask === 'which' && after?.tag.kind === 'dimension';
  const category = next?.tag.kind === 'filter' && next.tag.noun === true && fieldOf(next.tag.where) === 'category';
  return category && (after === undefined || after.tag.kind === 'joint' || after.tag.kind === 'entity');
}

/** "the 503 one", "sub-second": a compare word that stands alone with its number further off is left as it is. */
function bareThresholds(items: Item[]): Item[] {
  return items.map((item) => {
    if (item.tag.kind !== 'quantity' || item.tag.unit !== 'attempts') return item;
    return { ...item, tag: { kind: 'filter', where: { field: 'attempts', op: '=', value: item.tag.value } } };
  });
}
