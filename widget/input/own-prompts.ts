import { LIMITS } from '../../api/contract/limits.js';
import { parseCsv } from './csv.js';

interface OwnPrompt {
  prompt: string;
  category?: string;
}

type PromptProblem = 'tooLong' | 'notJson' | 'noPrompt' | 'unclosedQuote';

export interface OwnPrompts {
  format: 'lines' | 'csv' | 'jsonl';
  prompts: OwnPrompt[];
  /** `line` is 1-based. */
  problems: { line: number; problem: PromptProblem }[];
}

const PROMPT_NAMES = ['prompt', 'question', 'input', 'instruction', 'query', 'text', 'user'];
const CATEGORY_NAMES = ['category', 'topic', 'label', 'tag', 'type'];

/**
 * Prompts pasted a line each, as CSV with a header, or as JSONL, the format of fine-tuning files included (of whose
 * messages the last of the user's is taken). The format is found out from the first line.
 */
export function parseOwnPrompts(text: string): OwnPrompts {
  const trimmed = text.replace(/^\uFEFF/, '');
  const firstLine = trimmed.trimStart().split(/\r?\n/, 1)[0] ?? '';
  if (firstLine.startsWith('{')) return fromJsonLines(trimmed);
  return fromCsv(trimmed, firstLine) ?? fromLines(trimmed);
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
    if (typeof record !== 'object' || record === null || Array.isArray(record)) return 'notJson';
    return fromRecord(record as Record<string, unknown>) ?? 'noPrompt';
  });
}

/** null where the text is no CSV with a column of prompts. */
function fromCsv(text: string, firstLine: string): OwnPrompts | null {
  const delimiter = [',', ';', '\t'].find((candidate) => firstLine.includes(candidate)) ?? ',';
  const { records, unclosedQuoteAt } = parseCsv(text, delimiter);
  const header = (records[0]?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const promptColumn = firstIndex(header, PROMPT_NAMES);
  if (promptColumn < 0) return null;
  const categoryColumn = firstIndex(header, CATEGORY_NAMES);
  const rows = records.slice(1).map(({ line, cells }) => ({ line, content: cells }));
  const result = collect('csv', rows, (cells) => {
    const prompt = cells[promptColumn] ?? '';
    return prompt.trim() ? { prompt, category: cells[categoryColumn] } : 'noPrompt';
  });
  if (unclosedQuoteAt !== null) result.problems.push({ line: unclosedQuoteAt, problem: 'unclosedQuote' });
  return result;
}

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
