import type { Item } from '../tags.js';
import { readLiteral } from './literals/literals.js';
import type { Place } from './place.js';
import type { Linked } from './search.js';
import type { Token } from './tokens.js';

const LIMIT =
  /^(slo|sla|slos|slas|target|goal|objective|limit|threshold|budget|requirement|cap|ceiling|cutoff|promise|spec)$/;
const DETERMINER = /^(a|an|any|the|our|my|its|their|your|this|that|agreed|stated|internal)$/;
const MISSES =
  /^(exceed(s|ed|ing)?|miss(es|ed|ing)?|br(eak|eaks|oke|oken|eaking)|breach(es|ed|ing)?|violat(e|es|ed|ing)|bl(ow|ows|ew|own|owing)|bust(s|ed|ing)?|overr(un|uns|an|unning)|overshoots?|overshot|flunk(s|ed|ing)?|fail(s|ed|ing)?|trip(s|ped)?|top(s|ped)|cross(es|ed|ing)?|surpass(es|ed)?)$/;
const KEEPS =
  /^(meet(s|ing)?|met|satisf(y|ies|ied|ying)|keep(s|ing)?|kept|honou?r(s|ed)?|achieve(s|d)?|ma(ke|kes|de)|stick(s|ing)?|stuck|pass(es|ed)?|hold(s)?|held|beat(s|ing)?|respect(s|ed)?)$/;
const PARTICLE = /^(through|past|over|beyond|to|with|within|inside|under|by)$/;

/** "blew through our 3 second SLO", "met the 2 s target": what the limit does to the answers, where its number is said. */
export function namedLimit({ tokens, at, token, before }: Place): Linked | null {
  if (LIMIT.test(token.text) && isTime(before.at(-1), at)) return { tag: null, end: at + 1 };
  const misses = MISSES.test(token.text);
  if (!misses && !KEEPS.test(token.text)) return null;
  let start = PARTICLE.test(tokens[at + 1]?.text ?? '') ? at + 2 : at + 1;
  while (DETERMINER.test(tokens[start]?.text ?? '')) start += 1;
  return limitsTime(tokens, start)
    ? { tag: { kind: 'compare', op: misses ? '>' : '<=', metric: 'latencyMs' }, end: start }
    : null;
}

const isTime = (item: Item | undefined, at: number) =>
  item?.to === at && item.tag.kind === 'quantity' && item.tag.unit === 'ms';

/** "3 second SLO" */
function limitsTime(tokens: readonly Token[], at: number): boolean {
  const literal = readLiteral(tokens, at);
  const time = literal?.tag.kind === 'quantity' && literal.tag.unit === 'ms';
  return time && LIMIT.test(tokens[literal.end]?.text ?? '');
}
