import type { Metric } from '../../../contract/answer.js';
import { METRICS } from '../../../contract/limits.js';
import type { Item, MetricName, Tag } from '../../tags.js';
import { fieldOf, missing } from '../conditions.js';
import { merged } from './merge.js';

/** "no token counts", "has no time to first token", "latency is missing": prompts that lack a figure. */
export function missingValues(items: Item[]): Item[] {
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const item = blankAnswer(items, at);
    const any = items[at + 1]?.tag;
    if (item.tag.kind === 'negation' && any?.kind === 'ask' && any.ask === 'exists') items = without(items, at + 1);
    const next = items[at + 1];
    const last = out.at(-1);
    const denied =
      item.tag.kind === 'missing' ||
      (item.tag.kind === 'negation' && /^(no|have|has|had|with|without|lack|lacks|lacking|zero)\b/.test(item.words));
    const limited = ['compare', 'quantity', 'order'].includes(items[at + 2]?.tag.kind ?? '');
    if (denied && next?.tag.kind === 'metric' && !limited && lacks(next.tag.metric)) {
      out.push(lacking(next.tag.metric, [item, next]));
      at += items[at + 2]?.tag.kind === 'missing' ? 2 : 1;
    } else if (item.tag.kind === 'missing' && last?.tag.kind === 'metric' && lacks(last.tag.metric)) {
      out[out.length - 1] = lacking(last.tag.metric, [last, item]);
    } else if (item.tag.kind !== 'missing' || !said(out)) out.push(item);
  }
  return out;
}

/** "an answer that is blank" lacks no figure: there is nothing in it. */
function blankAnswer(items: readonly Item[], at: number): Item {
  const item = items[at] as Item;
  const blank = item.tag.kind === 'missing' && /\bblank$/.test(item.words);
  const figure = items.some(({ tag }) => tag.kind === 'metric');
  return blank && !figure
    ? { ...item, tag: { kind: 'filter', where: { field: 'empty', op: '=', value: true } } }
    : item;
}

const without = (items: readonly Item[], at: number) => items.filter((_, index) => index !== at);
const said = (items: readonly Item[]) => items.at(-1)?.tag.kind === 'filter';
const lacks = (metric: MetricName) => metric === 'tokens' || METRICS.includes(metric as Metric);

function lacking(name: MetricName, parts: readonly Item[]): Item {
  const metric = name === 'tokens' ? 'outputTokens' : (name as Metric);
  return merged({ kind: 'filter', where: missing(metric) }, parts);
}

/** "answers that ask a follow-up against those that do not": the other side is left for the reader to complete. */
export function unsaidSides(items: Item[]): Item[] {
  return items.map((item, at) => {
    const ends = items[at + 1] === undefined || isStop(items[at + 1]);
    if (item.tag.kind !== 'negation' || item.tag.style !== 'not' || item.tag.after || !ends) return item;
    if (/^(no|none|nothing|never|zero)\b/.test(item.words)) return item;
    const filter = items.slice(0, at).findLastIndex(({ tag }) => tag.kind === 'filter');
    const opposed = items
      .slice(filter + 1, at)
      .some(
        ({ tag, words }) =>
          tag.kind === 'versus' || /\bthan\b/.test(words) || (tag.kind === 'joint' && /^(or|and)$/.test(tag.joint)),
      );
    return filter >= 0 && opposed ? { ...item, tag: { kind: 'complement' } } : item;
  });
}

const isStop = (item: Item | undefined) => item?.tag.kind === 'joint' && item.tag.joint === 'stop';

/** "the truncated ones and also those that ask a question": either, or a list of each, but not both at once. */
export function unions(items: Item[]): Item[] {
  return items.flatMap((item, at): Item[] => {
    if (item.tag.kind !== 'joint' || item.tag.joint !== 'and') return [item];
    const before = items.slice(0, at).some(({ tag }) => tag.kind === 'filter');
    const rest = items.slice(at + 1);
    const names = rest.findIndex(({ tag }) => isOthers(tag));
    const filter = rest.findIndex(({ tag }) => tag.kind === 'filter');
    const between = rest.slice(0, filter).every(({ tag }) => isOthers(tag) || tag.kind === 'cue' || isWeak(tag));
    const compared = items.some(
      ({ tag }) => tag.kind === 'relation' || tag.kind === 'versus' || tag.kind === 'compare',
    );
    const unites = before && names >= 0 && filter > names && between && !compared;
    if (!unites) return [item];
    const counted = items.some(({ tag }) => tag.kind === 'ask' && (tag.ask === 'count' || tag.ask === 'share'));
    return counted
      ? [{ ...item, tag: { kind: 'joint', joint: 'or' } }]
      : [item, { ...item, tag: { kind: 'cue', cue: 'also' } }];
  });
}

const isWeak = (tag: Tag) => tag.kind === 'reference' && tag.weak === true;
const isOthers = (tag: Tag) =>
  (tag.kind === 'entity' && tag.entity === 'one') || (tag.kind === 'reference' && tag.number === 'many' && tag.weak);

/** "the first three prompts", "the last two". */
export function countedPicks(items: Item[]): Item[] {
  const out: Item[] = [];
  const ranks = items.some(({ tag }) => tag.kind === 'order');
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at] as Item;
    const next = items[at + 1];
    const from = pickOf(item);
    const counted = next?.tag.kind === 'quantity' && next.tag.unit === null && Number.isInteger(next.tag.value);
    if (!ranks && from !== null && counted && next.tag.kind === 'quantity' && next.from === item.to) {
      out.push(merged({ kind: 'pick', from, count: next.tag.value }, [item, next]));
      at += 1;
    } else out.push(item);
  }
  return out;
}

function pickOf({ tag }: Item): 'first' | 'last' | null {
  if (tag.kind === 'pick') return tag.from;
  return tag.kind === 'ordinal' && tag.value === 1 ? 'first' : null;
}

/** "status = timeout": the value says which field is meant. */
export function namedFields(items: Item[]): Item[] {
  return quotedValues(items).filter((item, at) => {
    const [next, afterNext] = [items[at + 1], items[at + 2]];
    const equals = (each: Item | undefined) => each?.tag.kind === 'compare' && each.tag.op === '=';
    const isValue = (each: Item | undefined) => each?.tag.kind === 'filter';
    if (item.tag.kind === 'dimension') return !(equals(next) && isValue(afterNext));
    return !(equals(item) && items[at - 1]?.tag.kind === 'dimension' && isValue(next));
  });
}

/** "status = 'ok'" */
function quotedValues(items: Item[]): Item[] {
  return items.map((item, at) => {
    const [field, sign] = [items[at - 2]?.tag, items[at - 1]?.tag];
    const [value] = item.tag.kind === 'text' ? item.tag.texts : [];
    const equals = field?.kind === 'dimension' && sign?.kind === 'compare' && sign.op === '=';
    return value === undefined || !equals
      ? item
      : { ...item, tag: { kind: 'filter', where: { field: field.by, op: '=', value } } };
  });
}

/** "attempts in total, with retries" */
const isIncluded = ({ tag, words }: Item, items: readonly Item[]) =>
  tag.kind === 'filter' &&
  /^(with|and|plus|including) (the |all )?retries$/.test(words) &&
  items.some(({ tag }) => tag.kind === 'metric' && tag.metric === 'attempts');

/** "How many calls were made, retries counted": attempts are what is counted. Elsewhere retries change nothing. */
export function countedRetries(said: Item[]): Item[] {
  const items = said.map((item): Item => (isIncluded(item, said) ? { ...item, tag: { kind: 'retriesToo' } } : item));
  if (!items.some(({ tag }) => tag.kind === 'retriesToo')) return items;
  const rest = items.filter(({ tag }) => tag.kind !== 'retriesToo');
  const count = rest.findIndex(({ tag }) => tag.kind === 'ask' && tag.ask === 'count');
  const asked = rest[count];
  const narrowed = rest.some(({ tag }) => tag.kind === 'filter' && fieldOf(tag.where) !== 'category');
  if (asked === undefined || narrowed || rest.some(({ tag }) => tag.kind === 'metric')) return rest;
  return [
    ...rest.slice(0, count + 1),
    { ...asked, tag: { kind: 'metric', metric: 'attempts' } },
    ...rest.slice(count + 1),
  ];
}

/** "lowest, median and highest latency": ends named among figures are figures. */
export function listedEnds(items: Item[]): Item[] {
  const figures = items.some(({ tag }) => tag.kind === 'aggregate');
  if (!figures || items.some(({ tag }) => tag.kind === 'dimension')) return items;
  const plain = !items.some(
    ({ tag }) => tag.kind === 'entity' || (tag.kind === 'ask' && tag.ask !== 'list' && tag.ask !== 'show'),
  );
  return items.flatMap((item, at): Item[] => {
    if (isListedEnd(items, at)) return endAsFigure(item);
    if (!plain) return [item];
    const listed = [items[at - 1], items[at + 1]].some(
      (beside) => beside?.tag.kind === 'joint' || (beside?.tag.kind === 'order' && !beside.tag.all),
    );
    if (
      item.tag.kind !== 'order' ||
      item.tag.all ||
      !listed ||
      !/^(the )?(highest|lowest|smallest|largest)\b/.test(item.words)
    )
      return [item];
    return endAsFigure(item);
  });
}

/** "average wait, longest wait": an end that stands between commas, after a figure, with nothing of its own. */
function isListedEnd(items: readonly Item[], at: number): boolean {
  const item = items[at];
  const parts = (beside: Item | undefined) => beside === undefined || beside.tag.kind === 'joint';
  const figure = items[at - 2]?.tag.kind;
  const follows = figure === 'aggregate' || figure === 'metric' || figure === 'waiting';
  const named = item?.tag.kind === 'order' && item.tag.metric !== null && !item.tag.all;
  return (
    named && items[at - 1]?.tag.kind === 'joint' && follows && parts(items[at + 1]) && !/one$|ones$/.test(item.words)
  );
}

function endAsFigure(item: Item): Item[] {
  if (item.tag.kind !== 'order') return [item];
  const end: Item = { ...item, tag: { kind: 'aggregate', aggregates: [item.tag.direction === 'asc' ? 'min' : 'max'] } };
  return item.tag.metric === null ? [end] : [end, { ...item, tag: { kind: 'metric', metric: item.tag.metric } }];
}

/** "the most frequent error": of its types, the one met most often. */
export function commonErrors(items: Item[]): Item[] {
  return items.map((item, at) => {
    const before = items[at - 1];
    const often =
      before?.tag.kind === 'order' && /\b(common|commonest|frequent|prevalent|often|widespread)\b/.test(before.words);
    const failed = item.tag.kind === 'filter' && 'field' in item.tag.where && item.tag.where.field === 'failed';
    return often && failed ? { ...item, tag: { kind: 'dimension', by: 'error.type' } } : item;
  });
}

const EXCLUDES =
  /^(exclud|ignor|without|leav|skip|drop|remov|omit|discard|hid|get rid|kick|toss|throw|strip|cut|weed|filter|take|set|put|los|ditch|axe|bin|scrap|forget|disregard|eliminat|neither|not )/;

/** "exclude the failures and count the rest": the rest are those that are left. */
export function remainders(items: Item[]): Item[] {
  const excluded = items.findIndex(
    ({ tag, words }) => tag.kind === 'filter' && ('not' in tag.where || EXCLUDES.test(words)),
  );
  const compared = items.some(({ tag }) => tag.kind === 'versus' || tag.kind === 'compare' || tag.kind === 'relation');
  if (excluded < 0 || compared) return items;
  return items.filter(({ tag }, at) => at < excluded || tag.kind !== 'complement');
}

/** "broke off in the middle" speaks of no median. */
export function idioms(items: Item[]): Item[] {
  const measures = items.some(({ tag }) => tag.kind === 'metric');
  return items.filter(({ tag, words }) => !(tag.kind === 'aggregate' && words === 'in the middle' && !measures));
}
