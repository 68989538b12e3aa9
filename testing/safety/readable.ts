import { inflateRawSync, inflateSync } from 'node:zlib';

const CENTRAL_ENTRY = Buffer.from('PK\u0001\u0002', 'latin1');

/** All parts of a zip file, such as an Excel workbook, unpacked. */
export function unzipped(file: Buffer): string {
  const parts: string[] = [];
  for (let at = file.indexOf(CENTRAL_ENTRY); at >= 0; at = file.indexOf(CENTRAL_ENTRY, at + 1)) {
    const isPacked = file.readUInt16LE(at + 10) !== 0;
    const size = file.readUInt32LE(at + 20);
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const data = file.subarray(start, start + size);
    parts.push((isPacked ? inflateRawSync(data) : data).toString('utf8'));
  }
  return parts.join('\n');
}

/** The text that the pages of a PDF show, and its streams and objects as they are. */
export function readPdf(file: Buffer): string {
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of file.toString('latin1').matchAll(/(\d+) 0 obj\b(.*?)\bendobj/gs)) {
    objects.set(id, withStreamInflated(body));
  }
  const whole = [...objects.values()].join('\n');
  const fonts = new Map<string, string[]>();
  for (const [, name = '', id = ''] of whole.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1];
    fonts.set(name, charactersOf(objects.get(unicode ?? '') ?? ''));
  }
  const shown = [...objects.values()].filter((body) => body.includes('BT\n')).map((body) => shownText(body, fonts));
  return [...shown, whole].join('\n');
}

function withStreamInflated(body: string): string {
  const [head = '', data] = body.split(/stream\r?\n/, 2);
  if (data === undefined || !head.includes('FlateDecode')) return body;
  // A carriage return before the line end may be the last byte of the data.
  return head + inflateSync(Buffer.from(data.replace(/\nend$/, ''), 'latin1')).toString('latin1');
}

/** By glyph. */
function charactersOf(unicodeMap: string): string[] {
  const ranges = [...unicodeMap.matchAll(/<[0-9a-f]+> <[0-9a-f]+> \[(.*?)\]/gs)];
  return ranges.flatMap(([, list = '']) =>
    [...list.matchAll(/<([0-9a-f ]*)>/g)].map(([, units = '']) =>
      Buffer.from(units.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
    ),
  );
}

function shownText(content: string, fonts: Map<string, string[]>): string {
  let characters: string[] = [];
  let text = '';
  for (const [, font, hex = ''] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)>/g)) {
    if (font) characters = fonts.get(font) ?? [];
    else for (const glyph of hex.match(/..../g) ?? []) text += characters[Number.parseInt(glyph, 16)] ?? '';
  }
  return text;
}
