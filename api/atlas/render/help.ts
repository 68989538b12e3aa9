/** Numbers in it would have to be the answer's own: there are none. */
export const HELP = [
  'Ask about this run in plain words:',
  '- **speed and size**: average, median, any percentile, spread and distribution of latency, time to first token, tokens per second, tokens, words',
  '- **which prompts**: the slowest, the longest, those over a limit, one by its number or by its words',
  '- **outcomes**: failed, timed out, truncated, incomplete, empty, refused, asking a follow-up; how many or what share',
  '- **groups**: by category, status, error type or finish reason; compare two of them',
  '- **text**: responses that mention a word',
  '- **files**: CSV, Excel, JSON or a PDF report',
  '',
  'You can go on from an answer: “and the median?”, “only the failed ones”, “of those, which was slowest?”',
].join('\n');
