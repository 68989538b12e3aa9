import PDFDocument from 'pdfkit';
import { PALETTE } from '../palette.js';
import type { FontBook, Weight } from './font-book.js';
import { breakLines, type Line } from './line-breaker.js';

export interface TextStyle {
  size: number;
  weight: Weight;
  color: string;
}

export const STYLES = {
  title: { size: 22, weight: 700, color: PALETTE.text },
  heading: { size: 13, weight: 700, color: PALETTE.text },
  strong: { size: 9, weight: 700, color: PALETTE.text },
  body: { size: 9, weight: 400, color: PALETTE.text },
  muted: { size: 8, weight: 400, color: PALETTE.muted },
  label: { size: 7.5, weight: 400, color: PALETTE.muted },
  figure: { size: 16, weight: 700, color: PALETTE.text },
} as const satisfies Record<string, TextStyle>;

const MARGIN = 48;
const FOOTER = 28;
const LINE_HEIGHT = 1.45;

export interface TextBox {
  x?: number;
  width?: number;
  align?: 'left' | 'right' | 'center';
  maxLines?: number;
}

/** A4 pages with a cursor that moves down; coordinates in points. */
export class Page {
  readonly doc: PDFKit.PDFDocument;
  readonly left = MARGIN;
  readonly width: number;
  readonly bottom: number;
  y = MARGIN;
  readonly #book: FontBook;

  constructor(book: FontBook, info: { title: string; creationDate: Date }) {
    this.#book = book;
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      // Not pdfkit's own Helvetica, which stops at Latin and would be embedded unused.
      font: null as never,
      lang: 'en',
      displayTitle: true,
      info: { Title: info.title, Creator: 'FineTuneLab Atlas Demo', CreationDate: info.creationDate },
    });
    for (const { name, file } of book.fonts) this.doc.registerFont(name, file as Buffer);
    this.width = this.doc.page.width - 2 * MARGIN;
    this.bottom = this.doc.page.height - MARGIN - FOOTER;
  }

  /** Starts a new page unless so much is left of this one. */
  ensure(height: number): void {
    if (this.y + height <= this.bottom) return;
    this.doc.addPage();
    this.y = MARGIN;
  }

  space(height: number): void {
    this.y += height;
  }

  lines(text: string, style: TextStyle, width: number): Line[] {
    return breakLines(text, {
      width,
      clusters: (part) => this.#book.clusters(part, style.weight),
      measure: (part, font) => this.doc.font(font).fontSize(style.size).widthOfString(part),
    });
  }

  /** Writes below the cursor and moves it; goes on to the next page line by line. */
  write(text: string, style: TextStyle, { x = this.left, width = this.width, align, maxLines }: TextBox = {}): void {
    const lines = this.lines(text, style, width).slice(0, maxLines);
    for (const line of lines) {
      this.ensure(lineHeight(style));
      this.drawLine(line, style, { x, y: this.y, width, align });
      this.y += lineHeight(style);
    }
  }

  /** Writes one line at a place, and leaves the cursor where it is. */
  writeAt(
    text: string,
    style: TextStyle,
    box: { x: number; y: number; width: number; align?: TextBox['align'] },
  ): void {
    const [line] = this.lines(text, style, box.width);
    if (line) this.drawLine(line, style, box);
  }

  drawLine(
    line: Line,
    style: TextStyle,
    { x, y, width, align }: { x: number; y: number; width: number; align?: TextBox['align'] },
  ): void {
    const side = align ?? (line.rightToLeft ? 'right' : 'left');
    const free = width - line.width;
    let cursor = x + (side === 'right' ? free : side === 'center' ? free / 2 : 0);
    // A common baseline, since fonts differ in their ascent.
    const baseline = y + style.size * 1.07;
    this.doc.fillColor(style.color);
    for (const { text, font, width: advance } of line.pieces) {
      this.doc.font(font).fontSize(style.size);
      this.doc.text(text, cursor, baseline, { lineBreak: false, baseline: 'alphabetic' });
      cursor += advance;
    }
  }

  /** Calls back for each page, when their number is known. */
  finishPages(draw: (number: number, total: number) => void): void {
    const { count } = this.doc.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.doc.switchToPage(index);
      draw(index + 1, count);
    }
  }

  async toBytes(): Promise<Uint8Array> {
    const chunks: Buffer[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      this.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.doc.on('end', resolve);
      this.doc.on('error', reject);
    });
    this.doc.end();
    await ended;
    return new Uint8Array(Buffer.concat(chunks));
  }
}

export function lineHeight(style: TextStyle): number {
  return style.size * LINE_HEIGHT;
}
