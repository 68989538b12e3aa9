/** The visitor's own prompts: English comes with the script that reads them. */
export const enOwn = {
  'own.label': 'Your Prompts',
  'own.hint':
    'One prompt a line; or CSV with a column “prompt” (and, if you like, “category”); or a JSON array; or JSONL, also in the format of fine-tuning files.',
  'own.placeholder': 'Where is my order?\nHow do I return a gift?',
  'own.left': { one: '{count} prompt is left in this session.', other: '{count} prompts are left in this session.' },
  'own.count': { one: '{count} prompt found ({format}).', other: '{count} prompts found ({format}).' },
  'own.format.lines': 'a line each',
  'own.format.csv': 'CSV',
  'own.format.json': 'JSON',
  'own.format.jsonl': 'JSONL',
  'own.empty': 'Paste at least one prompt.',
  'own.tooMany': 'That is {count} too many: {limit} can run. Remove some to go on.',
  'own.line': 'Line {number}',
  'own.entry': 'Entry {number}',
  'own.notJsonArray':
    'This begins like a JSON array, but it cannot be read as one. Check its commas, quotation marks and brackets.',
  'own.notCsv':
    'This looks like CSV, but no column is called “prompt”. Name the columns in the first line, such as prompt,category.',
  'own.tooLong': '{place}: a prompt can have at most {limit} characters.',
  'own.notJson': '{place} is not a JSON object.',
  'own.noPrompt': '{place} has no prompt.',
  'own.unclosedQuote': '{place}: a quotation mark is not closed.',
} as const;
