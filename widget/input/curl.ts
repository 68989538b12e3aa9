export interface CurlCommand {
  url: string | null;
  /** null where there is none, or a shell variable stands in its place. */
  apiKey: string | null;
  modelId: string | null;
  systemPrompt: string | null;
}

/** Address, key, model and system prompt of a pasted curl command. */
export function parseCurl(text: string): CurlCommand {
  const words = shellWords(text);
  const headers = valuesOf(words, ['-H', '--header']);
  const body = parseBody(valuesOf(words, ['-d', '--data', '--data-raw', '--data-binary', '--json']).join(''));
  const url = valuesOf(words, ['--url'])[0] ?? words.find((word) => /^https?:\/\//i.test(word)) ?? null;
  return { url, apiKey: keyOf(headers), ...body };
}

function keyOf(headers: readonly string[]): string | null {
  for (const header of headers) {
    const key = /^\s*(?:authorization:\s*bearer|x-api-key:|api-key:)\s*(\S+)/i.exec(header)?.[1];
    if (key && !/[$<{]/.test(key)) return key;
  }
  return null;
}

function parseBody(text: string): Pick<CurlCommand, 'modelId' | 'systemPrompt'> {
  try {
    const { model, messages } = JSON.parse(text);
    const system = Array.isArray(messages) ? messages.find((message) => message?.role === 'system')?.content : null;
    return {
      modelId: typeof model === 'string' ? model : null,
      systemPrompt: typeof system === 'string' ? system : null,
    };
  } catch {
    // A body from a file, or none: the address alone is worth having.
    return { modelId: null, systemPrompt: null };
  }
}

function valuesOf(words: readonly string[], flags: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    const inline = flags.find((flag) => flag.startsWith('--') && word.startsWith(`${flag}=`));
    if (inline) return [word.slice(inline.length + 1)];
    return flags.includes(word) ? [words[index + 1] ?? ''] : [];
  });
}

/** The words of a command as a POSIX shell splits them: quotes, escapes, lines continued with a backslash. */
function shellWords(text: string): string[] {
  const words: string[] = [];
  const pattern = /(?:'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]|[^\s'"\\]+|["'\\])+/g;
  for (const [word] of text.replace(/\\\r?\n/g, ' ').matchAll(pattern)) {
    words.push(word.replace(/'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])/g, unquote));
  }
  return words;
}

function unquote(_match: string, single?: string, double?: string, escaped?: string): string {
  return single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? '';
}
