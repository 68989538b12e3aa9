import type { Token } from './tokens.js';
import { isServed } from './vocabulary.js';

const VERB = /^(send|submit|fire|run|ask|process|execute|call|try|launch|trigger|put)$/;
const BEFORE_VERB = /^(please|pls|kindly|you|and|then|to|just|now|,|\.|!|-)$/;
const FURTHEST = 10;
const SENDS =
  /^(send|mail|email|forward|fax|post|share|deliver|message|text|upload|submit|hand|pass|transfer|ship|sms)$/;
const SOMEONE =
  'boss|manager|team|lead|chief|director|colleagues?|coworkers?|customers?|clients?|users?|support|everyone|everybody|people|staff|professor|teacher|supervisor|board|management|engineers?|developers?|vendor|provider|office|department|press|public|group|channel|inbox|printer|friends?|sales|marketing|legal|finance';
/** "send it to my boss", "share them with the team", "post it in the channel", but not "send it to me". */
const AWAY = new RegExp(
  `\\b((to|with) ((all|each|every|both|some)( of)? )?(my|his|her|their) [a-z]+|(to|with|in|on) ((our|the|a|all|every) )*(${SOMEONE})|by (mail|email|fax|post|sms)|(on|in|into|via|over|through) ((our|the) )?(slack|teams|jira|whatsapp|mail|email|sms|chat|forum|intranet|wiki))\\b`,
);

const TELLS =
  /^(tell|inform|notify|remind|invite|warn|alert|contact|phone|call|ring|message|text|reply|write|respond)$/;
const SOMEONE_ALONE = new RegExp(`^(${SOMEONE})$`);
/** "send | the reply": one that may be sent, where "share of" or "email prompts" are none. */
const OBJECT =
  /^(the|this|that|it|them|these|those|all|each|every|my|our|your|his|her|their|an?|some|everything|both|prompt|number|no|#|answer|reply|response)\b/;
/** "to Anna", "to all my learners", "to every one of the parents", but not "the answer to prompt 3", "to me", "to a file". */
const TO_OTHERS =
  /\bto (?!(the |an? |this |my )?(me|us|myself|ourselves|here|file|csv|json|pdf|excel|xlsx|table|sheet|spreadsheet|chart|prompts?|questions?|numbers?|requests?|quer(y|ies)|answers?|last|first|second|third|end|bottom|top|screen|[0-9#]\S*|be|see|do|know|have|get|make|check|read|show)\b)[a-z]/;

/** "send number 14 again", "mail the failed ones to my boss": something to be done, not something to be shown. */
export function asksToAct(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text;
  if (before !== undefined && !BEFORE_VERB.test(before)) return false;
  return asksToRepeat(tokens, at) || asksToSend(tokens, at) || asksToTell(tokens, at);
}

function asksToRepeat(tokens: readonly Token[], at: number): boolean {
  if (!VERB.test(tokens[at]?.text ?? '') || /^(me|us|over)$/.test(tokens[at + 1]?.text ?? '')) return false;
  const clause = restOfClause(tokens, at);
  return /\b(again|anew|afresh|once more|one more time|another time|a second time)\b/.test(clause);
}

function asksToSend(tokens: readonly Token[], at: number): boolean {
  if (!SENDS.test(tokens[at]?.text ?? '') || tokens[at - 1]?.text === 'to') return false;
  const clause = restOfClause(tokens, at);
  return AWAY.test(clause) || (OBJECT.test(clause) && TO_OTHERS.test(clause));
}

/** "tell my learners about the test", "please phone the guest of prompt 4" */
function asksToTell(tokens: readonly Token[], at: number): boolean {
  if (!TELLS.test(tokens[at]?.text ?? '')) return false;
  let who = tokens[at + 1]?.text === 'to' ? at + 2 : at + 1;
  while (/^(all|every|each|both|of|the|my|our|this|that|these|those|his|her|their)$/.test(tokens[who]?.text ?? ''))
    who += 1;
  const someone = tokens[who]?.text ?? '';
  return who > at + 1 && (isServed(someone) || SOMEONE_ALONE.test(someone));
}

function restOfClause(tokens: readonly Token[], at: number): string {
  const rest = tokens.slice(at + 1, at + FURTHEST).map(({ text }) => text);
  const stop = rest.findIndex((text) => /^[.,?!;]$/.test(text));
  return (stop < 0 ? rest : rest.slice(0, stop)).join(' ');
}
