import type { Token } from './tokens.js';

const VERB = /^(send|submit|fire|run|ask|process|execute|call|try|launch|trigger|put)$/;
const BEFORE_VERB = /^(please|pls|kindly|you|and|then|to|just|now|,|\.|!|-)$/;
const FURTHEST = 10;
const SENDS =
  /^(send|mail|email|forward|fax|post|share|deliver|message|text|upload|submit|hand|pass|transfer|ship|sms)$/;
const SOMEONE =
  'boss|manager|team|lead|chief|director|colleagues?|coworkers?|customers?|clients?|users?|support|everyone|everybody|people|staff|professor|teacher|supervisor|board|management|engineers?|developers?|vendor|provider|office|department|press|public|group|channel|inbox|printer|friends?|sales|marketing|legal|finance';
/** "send it to my boss", "share them with the team", "post it in the channel", but not "send it to me". */
const AWAY = new RegExp(
  `\\b((to|with) (my|his|her|their) [a-z]+|(to|with|in|on) ((our|the|a|all|every) )*(${SOMEONE})|by (mail|email|fax|post|sms)|(on|in|into|via|over|through) ((our|the) )?(slack|teams|jira|whatsapp|mail|email|sms|chat|forum|intranet|wiki))\\b`,
);

/** "send number 14 again", "mail the failed ones to my boss": something to be done, not something to be shown. */
export function asksToAct(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text;
  if (before !== undefined && !BEFORE_VERB.test(before)) return false;
  return asksToRepeat(tokens, at) || asksToSend(tokens, at);
}

function asksToRepeat(tokens: readonly Token[], at: number): boolean {
  if (!VERB.test(tokens[at]?.text ?? '') || /^(me|us|over)$/.test(tokens[at + 1]?.text ?? '')) return false;
  const clause = restOfClause(tokens, at);
  return /\b(again|anew|afresh|once more|one more time|another time|a second time)\b/.test(clause);
}

function asksToSend(tokens: readonly Token[], at: number): boolean {
  if (!SENDS.test(tokens[at]?.text ?? '') || tokens[at - 1]?.text === 'to') return false;
  return AWAY.test(restOfClause(tokens, at));
}

function restOfClause(tokens: readonly Token[], at: number): string {
  const rest = tokens.slice(at + 1, at + FURTHEST).map(({ text }) => text);
  const stop = rest.findIndex((text) => /^[.,?!;]$/.test(text));
  return (stop < 0 ? rest : rest.slice(0, stop)).join(' ');
}
