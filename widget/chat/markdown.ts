/** A run of text inside a line. `ref` is a prompt's number, written #7. */
export type Inline =
  | { type: 'text' | 'code'; text: string }
  | { type: 'strong' | 'em'; children: Inline[] }
  | { type: 'link'; text: string; href: string }
  | { type: 'ref'; number: number };

export type Block = { type: 'paragraph'; lines: Inline[][] } | { type: 'list'; ordered: boolean; items: Inline[][] };

/**
 * Reads the light Markdown of an answer: bold, italic, code, lists, line breaks, http(s) links and prompt references.
 * Everything else, HTML included, stays the text that it is. Takes time linear in the text's length.
 */
export function parseMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') {
      open = null;
      continue;
    }
    const item = readItem(line);
    if (item) {
      if (open?.type !== 'list' || open.ordered !== item.ordered) {
        open = { type: 'list', ordered: item.ordered, items: [] };
        blocks.push(open);
      }
      open.items.push(parseInline(item.text));
    } else {
      if (open?.type !== 'paragraph') {
        open = { type: 'paragraph', lines: [] };
        blocks.push(open);
      }
      open.lines.push(parseInline(line));
    }
  }
  return blocks;
}

function readItem(line: string): { ordered: boolean; text: string } | null {
  const match = /^ {0,3}(?:([-*•])|(\d{1,3})[.)]) +(\S.*)$/.exec(line);
  return match ? { ordered: match[2] !== undefined, text: match[3]! } : null;
}

// No alternative can run past the next marker of its own kind: that keeps hostile text linear.
const INLINE = new RegExp(
  [
    /\\(?<escaped>[!-/:-@[-`{-~])/u,
    /`(?<code>[^`]+)`/u,
    /\*\*(?=\S)(?<strong>[^*]*[^*\s])\*\*/u,
    /\*(?=\S)(?<star>[^*]*[^*\s])\*/u,
    /(?<![\p{L}\p{N}_])_(?=\S)(?<underscore>[^_]*[^_\s])_(?![\p{L}\p{N}_])/u,
    /\[(?<label>[^[\]]+)\]\((?<href>https?:\/\/[^\s()<>]+)\)/u,
    /(?<![\p{L}\p{N}&#])#(?<ref>\d{1,3})(?![\p{L}\p{N}])/u,
  ]
    .map((pattern) => pattern.source)
    .join('|'),
  'gu',
);

export function parseInline(line: string): Inline[] {
  const inlines: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(INLINE)) {
    addText(inlines, line.slice(end, match.index));
    addMatch(inlines, match.groups!);
    end = match.index + match[0].length;
  }
  addText(inlines, line.slice(end));
  return inlines;
}

function addMatch(inlines: Inline[], groups: Record<string, string | undefined>): void {
  const emphasised = groups.star ?? groups.underscore;
  if (groups.escaped !== undefined) addText(inlines, groups.escaped);
  else if (groups.code !== undefined) inlines.push({ type: 'code', text: groups.code });
  else if (groups.strong !== undefined) inlines.push({ type: 'strong', children: parseInline(groups.strong) });
  else if (emphasised !== undefined) inlines.push({ type: 'em', children: parseInline(emphasised) });
  else if (groups.href !== undefined) inlines.push({ type: 'link', text: groups.label!, href: groups.href });
  else inlines.push({ type: 'ref', number: Number(groups.ref) });
}

function addText(inlines: Inline[], text: string): void {
  const last = inlines.at(-1);
  if (text === '') return;
  if (last?.type === 'text') last.text += text;
  else inlines.push({ type: 'text', text });
}

/** The words alone: what is copied, and what a screen reader is told. */
export function plainText(text: string): string {
  return parseMarkdown(text)
    .map((block) => {
      if (block.type === 'paragraph') return block.lines.map(inlineText).join('\n');
      return block.items.map((item, at) => `${block.ordered ? `${at + 1}.` : '-'} ${inlineText(item)}`).join('\n');
    })
    .join('\n\n');
}

function inlineText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if ('children' in inline) return inlineText(inline.children);
      if ('number' in inline) return `#${inline.number}`;
      return 'href' in inline ? `${inline.text} (${inline.href})` : inline.text;
    })
    .join('');
}
