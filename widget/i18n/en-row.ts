/** One prompt's details: English comes with their script. */
export const enRow = {
  'row.title': 'Prompt {number}',
  'row.close': 'Close',
  'row.prompt': 'Prompt',
  'row.response': 'Response',
  'row.noResponse': 'There was no response.',
  'row.finishReason': 'Finish reason',
  'row.startedAt': 'Sent at',
  'row.flags': 'What stands out',
  'row.heuristic': 'Heuristics over the text, not judgements: read the response before you rely on them.',
  'row.flag.truncated': 'Cut off by the token limit',
  'row.flag.incomplete': 'Seems incomplete',
  'row.flag.asksFollowUp': 'Asks a follow-up question',
  'row.flag.refusal': 'Looks like a refusal',
  'row.flag.empty': 'Empty',
} as const;
