import type { Item } from '../tags.js';
import { endsWithCategory } from './categories.js';
import type { Place } from './place.js';
import { matchOpener } from './vocabulary.js';

/** How a remark beside the question opens here: "my boss …", "so that I can …". */
export function openerHere(place: Place) {
  const { tokens, at, before } = place;
  if (!startsClause(before, at) || picksFrom(place) || belongsTo(place) || isAsked(place)) return null;
  const opener = matchOpener(tokens, at);
  if (!opener || endsWithCategory(place, opener.end) || ownsPrompts(place, opener.end)) return null;
  // "of the documentation category": the name of none.
  return /^(category|topic|section)$/.test(tokens[opener.end]?.text ?? '') ? null : opener;
}

/** Whether what was read last is a remark that goes on: its words are its own, though a prompt may have them. */
export function isInRemark(before: readonly Item[]): boolean {
  const stop = before.findLastIndex((item) => item.tag.kind === 'joint');
  return before
    .slice(stop + 1)
    .some((item) => item.tag.kind === 'aside' && !(item === before[0] && opensQuestion(item)));
}

/** "I want to see if the crypto question was quicker": with it, the question begins. */
const opensQuestion = ({ words }: Item) => /^(i|we) .*\b(if|whether)$/.test(words);

/** "I'm making a poster, so for every category …": what follows the remark is what is asked for. */
export const endsRemark = ({ token, text, before }: Place) =>
  token.text === 'so' && isInRemark(before) && !/^(that|i|we|they|far|on)$/.test(text(1));

function startsClause(before: readonly Item[], at: number): boolean {
  const last = before.at(-1);
  return at === 0 || last === undefined || last.tag.kind === 'joint' || last.to < at || last.tag.kind !== 'unknown';
}

/** "did people complain": what somebody did is asked, and not told. */
const isAsked = ({ token, text }: Place) =>
  /^(did|do|does|has|had|is|are|was|were)$/.test(text(-1)) && !/^(i|we|it|this|that|there)$/.test(token.text);

/** "our nurse prompts": it says which. */
const ownsPrompts = ({ tokens, at }: Place, end: number) =>
  end === at + 2 && /^(prompts|questions|requests)$/.test(tokens[end]?.text ?? '');

/** "the prompt with the nurse": it says which prompt. */
const belongsTo = ({ tokens, at, before, text }: Place) =>
  /^(with|about|from|of|by)$/.test(text(-1)) &&
  /^(the|my|our|a|an)$/.test(tokens[at]?.text ?? '') &&
  before.at(-1)?.tag.kind === 'entity' &&
  before.at(-1)?.to === at - 1;

/** "which of my colleagues wrote …", "who on our team …": people are asked for, which is no remark. */
function picksFrom({ tokens, at, before }: Place): boolean {
  const last = before.at(-1);
  if (last?.tag.kind !== 'ask' || last.tag.ask !== 'which' || at > last.to + 1) return false;
  return /^(of|on|in|at|from|among|amongst)$/.test(tokens[last.to]?.text ?? '');
}
