import type { Item } from '../tags.js';
import type { Place } from './place.js';
import type { Linked } from './search.js';

/** What may stand between a thing and what became of it: "how many orders did we | get", "are still | open". */
const BETWEEN =
  /^((is|are|was|were|have|has|had|been|being|got|get|did|do|does|we|you|i|they|already|actually|really|still|ever|yet|just) )*/;
const BECAME =
  /^(sent|came|come|made|given|taken|placed|brought|put|moved|read|open|opened|returned|passed on|handed|shown|kept|next)\b(?! (back|out|up|through|down|off|with|without|to (the|our|my) (model|bot|assistant|endpoint|api))\b)/;
const CAME_TO_US =
  /^(do|did|have|has|had) (we|you|they|i) (get|got|take|make|place|receive|bring|read|open)\b(?! (back|out|up|through)\b)/;
const FURTHEST = 8;

/**
 * "how many letters were sent", "which orders came in": things of the world, though a category has their name. In the
 * data are prompts about them, of which only is known how they were answered.
 */
export function becameOfThings({ tokens, at, before, rowWords }: Place): Linked | null {
  const [ask, thing] = before.slice(-2);
  if (thing?.to !== at || !isThing(thing) || !asks(ask)) return null;
  const rest = tokens
    .slice(at, at + FURTHEST)
    .map(({ text }) => text)
    .join(' ');
  const verb = rest.replace(BETWEEN, '');
  const cancelled = /^cancell?ed\b/.test(verb) && !rowWords.statuses.has('cancelled');
  return BECAME.test(verb) || CAME_TO_US.test(rest) || cancelled
    ? { tag: { kind: 'refused', topic: 'world' }, end: at + 1 }
    : null;
}

/** A category by its bare name, or the letters that may be counted as characters. */
export const isThing = ({ tag, words }: Item) =>
  (tag.kind === 'filter' && tag.noun === true && 'field' in tag.where && tag.where.field === 'category') ||
  (tag.kind === 'metric' && words === 'letters');

const asks = (item: Item | undefined) =>
  item?.tag.kind === 'ask' && ['count', 'which', 'exists'].includes(item.tag.ask);

const RUN =
  /^(runs?|tests?|testing|batch|session|experiment|benchmark|trial|evaluation|eval|results?|data|prompts|answers|responses|repl(y|ies))$/;
const OF_THE_RUN = /^(run|test|batch|session|experiment|benchmark|trial|evaluation|eval)$/;

/** "today's run", "how did the test go today": that day is the run's, whichever it was; of any other nothing is known. */
export const isDayOfRun = ({ token, tokens, text }: Place): boolean =>
  token.text === 'today' &&
  (tokens.some((other) => OF_THE_RUN.test(other.text)) || RUN.test(text(1)) || RUN.test(text(2)));
