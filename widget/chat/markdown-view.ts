import { html, type TemplateResult } from 'lit';
import { unbroken } from '../i18n/translate.js';
import { promptReference } from '../ui/prompt-reference.js';
import { type Inline, parseMarkdown } from './markdown.js';

/** Light Markdown as templates: text is only ever set as text. `hasRow` says which #numbers can be opened. */
export function renderMarkdown(text: string, hasRow: (number: number) => boolean): TemplateResult[] {
  const inline = (inlines: readonly Inline[]) => renderInline(inlines, hasRow);
  return parseMarkdown(text).map((block) => {
    if (block.type === 'paragraph') {
      return html`<p>${block.lines.map((line, at) => [at > 0 ? html`<br />` : '', inline(line)])}</p>`;
    }
    const items = block.items.map((item) => html`<li>${inline(item)}</li>`);
    return block.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
  });
}

function renderInline(inlines: readonly Inline[], hasRow: (number: number) => boolean): unknown[] {
  return inlines.map((inline) => {
    switch (inline.type) {
      case 'strong':
        return html`<strong>${renderInline(inline.children, hasRow)}</strong>`;
      case 'em':
        return html`<em>${renderInline(inline.children, hasRow)}</em>`;
      case 'code':
        return html`<code>${inline.text}</code>`;
      case 'link':
        return html`<a href=${inline.href} target="_blank" rel="noopener nofollow">${inline.text}</a>`;
      case 'ref':
        return hasRow(inline.number) ? promptReference(inline.number) : `#${inline.number}`;
      default:
        return unbroken(inline.text);
    }
  });
}
