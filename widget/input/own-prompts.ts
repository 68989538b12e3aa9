import { LIMITS } from '../../api/contract/limits.js';
import { type CsvRecord, parseCsv } from './csv.js';

interface OwnPrompt {
  prompt: string;
  category?: string;
}

type PromptProblem = 'tooLong' | 'notJson' | 'noPrompt' | 'unclosedQuote' | 'notJsonArray' | 'notCsv';

export interface OwnPrompts {
  format: 'lines' | 'csv' | 'json' | 'jsonl';
  prompts: OwnPrompt[];
  /** `line` is 1-based; in a JSON array it counts the entries. */
  problems: { line: number; problem: PromptProblem }[];
}

const PROMPT_NAMES = ['prompt', 'question', 'input', 'instruction', 'query', 'text', 'user'];
const CATEGORY_NAMES = ['category', 'topic', 'label', 'tag', 'type'];

/** How an array of strings or objects begins; a prompt may begin with a bracket, too. */
const BEGINS_LIKE_ARRAY = /^\[\s*(?:["{\]]|$)/;
const QUOTED = '"[^"]*(?:""[^"]*)*"';
const BEGINS_LIKE_CSV = new RegExp(`^${QUOTED}[ \\t]*[,;\\t][ \\t]*"`);
const QUOTED_CSV = new RegExp(`^(?:[\\r\\n]*${QUOTED}(?:[,;\\t]${QUOTED})?[ \\t]*(?=[\\r\\n]|$))+\\s*$`);

/**
 * Prompts pasted a line each, as CSV with a header (or with all cells quoted: the prompt, then perhaps its category), as
 * a JSON array, or as JSONL, the format of fine-tuning files included (of whose messages the last of the user's is
 * taken). The format is found out from the beginning. What looks like CSV or JSON but is none is a problem: taken by the
 * line, its punctuation would be sent along.
 */
export function parseOwnPrompts(text: string): OwnPrompts {
  const unmarked = text.replace(/^\uFEFF/, '');
  const trimmed = unmarked.trim();
  const firstLine = trimmed.split(/\r?\n/, 1)[0] ?? '';
  if (trimmed.startsWith('{')) return fromJsonLines(unmarked);
  if (BEGINS_LIKE_ARRAY.test(trimmed)) return fromJsonArray(trimmed);
  return fromCsv(unmarked, firstLine) ?? fromLines(unmarked);
}

function fromLines(text: string): OwnPrompts {
  return collect('lines', numbered(text), (line) => ({ prompt: line }));
}

function fromJsonLines(text: string): OwnPrompts {
  return collect('jsonl', numbered(text), (line) => {
    let record: unknown;
    try {
      record = JSON.parse(line);
    } catch {
      return 'notJson';
    }
    return isRecord(record) ? (fromRecord(record) ?? 'noPrompt') : 'notJson';
  });
}

function fromJsonArray(text: string): OwnPrompts {
  let entries: unknown[];
  try {
    entries = JSON.parse(text);
  } catch {
    return { format: 'json', prompts: [], problems: [{ line: 1, problem: 'notJsonArray' }] };
  }
  const counted = entries.map((content, index) => ({ line: index + 1, content }));
  return collect('json', counted, (entry) => {
    const record = typeof entry === 'string' ? { prompt: entry } : entry;
    return (isRecord(record) && fromRecord(record)) || 'noPrompt';
  });
}

/** null where the text does not look like CSV. */
function fromCsv(text: string, firstLine: string): OwnPrompts | null {
  const delimiter = [',', ';', '\t'].find((candidate) => firstLine.includes(candidate)) ?? ',';
  const { records, unclosedQuoteAt } = parseCsv(text, delimiter);
  const header = (records[0]?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const promptColumn = firstIndex(header, PROMPT_NAMES);
  const hasHeader = promptColumn >= 0;
  const looksLikeCsv = BEGINS_LIKE_CSV.test(text.trimStart()) || isTable(records);
  if (!hasHeader && !QUOTED_CSV.test(text)) {
    if (!looksLikeCsv) return null;
    const problem =
      unclosedQuoteAt === null
        ? { line: 1, problem: 'notCsv' as const }
        : { line: unclosedQuoteAt, problem: 'unclosedQuote' as const };
    return { format: 'csv', prompts: [], problems: [problem] };
  }
  const result = hasHeader
    ? fromRecords(records.slice(1), promptColumn, firstIndex(header, CATEGORY_NAMES))
    : fromRecords(records, 0, 1);
  if (unclosedQuoteAt !== null) result.problems.push({ line: unclosedQuoteAt, problem: 'unclosedQuote' });
  return result;
}

function fromRecords(records: readonly CsvRecord[], promptColumn: number, categoryColumn: number): OwnPrompts {
  const rows = records.map(({ line, cells }) => ({ line, content: cells }));
  return collect('csv', rows, (cells) => {
    const prompt = cells[promptColumn] ?? '';
    return prompt.trim() ? { prompt, category: cells[categoryColumn] } : 'noPrompt';
  });
}

/** Columns under names of one word each: no prompts that happen to hold commas. */
function isTable([header, ...rows]: readonly CsvRecord[]): boolean {
  const columns = header?.cells.length ?? 0;
  const named = header?.cells.every((cell) => /^[\w-]+$/.test(cell.trim()));
  return columns > 1 && Boolean(named) && rows.length > 0 && rows.every(({ cells }) => cells.length === columns);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fromRecord(record: Record<string, unknown>): OwnPrompt | null {
  const fields = new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));
  const named = (names: readonly string[]) =>
    names.map((name) => fields.get(name)).find((value): value is string => typeof value === 'string');
  const prompt = named(PROMPT_NAMES) ?? lastUserMessage(fields.get('messages'));
  return prompt?.trim() ? { prompt, category: named(CATEGORY_NAMES) } : null;
}

function lastUserMessage(messages: unknown): string | undefined {
  if (!Array.isArray(messages)) return undefined;
  const ofUser = messages.filter((message) => message?.role === 'user' && typeof message.content === 'string');
  return ofUser.at(-1)?.content;
}

function collect<T>(
  format: OwnPrompts['format'],
  lines: { line: number; content: T }[],
  read: (content: T) => OwnPrompt | PromptProblem,
): OwnPrompts {
  const result: OwnPrompts = { format, prompts: [], problems: [] };
  for (const { line, content } of lines) {
    const found = read(content);
    if (typeof found === 'string') {
      result.problems.push({ line, problem: found });
      continue;
    }
    const prompt = found.prompt.trim();
    const category = found.category?.trim().slice(0, LIMITS.categoryCharacters);
    if (prompt.length > LIMITS.promptCharacters) result.problems.push({ line, problem: 'tooLong' });
    else result.prompts.push(category ? { prompt, category } : { prompt });
  }
  return result;
}

function numbered(text: string): { line: number; content: string }[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((content, index) => ({ line: index + 1, content }))
    .filter(({ content }) => content.trim() !== '');
}

const firstIndex = (header: readonly string[], names: readonly string[]): number =>
  header.findIndex((name) => names.includes(name));
