const LINE_END = /[\r\n]/g;

/**
 * Takes a stream of server-sent events apart as its text arrives (WHATWG HTML, 9.2.6), each character once. Comments,
 * ids and unknown fields are skipped.
 */
export interface SseDecoder {
  /** The data of the events that this piece completes. */
  push(text: string): string[];
  /** The data of an event that the stream ended in, or null. */
  rest(): string | null;
}

export function createSseDecoder(): SseDecoder {
  let line = '';
  let data: string[] = [];
  let afterCarriageReturn = false;

  const takeLine = (events: string[]) => {
    if (line === '' && data.length > 0) {
      events.push(data.join('\n'));
      data = [];
    } else if (line.startsWith('data:')) {
      data.push(line.slice(line[5] === ' ' ? 6 : 5));
    }
    line = '';
  };

  return {
    push(text) {
      const events: string[] = [];
      let at = afterCarriageReturn && text[0] === '\n' ? 1 : 0;
      LINE_END.lastIndex = at;
      for (let end = LINE_END.exec(text); end !== null; end = LINE_END.exec(text)) {
        line += text.slice(at, end.index);
        takeLine(events);
        const isPair = end[0] === '\r' && text[end.index + 1] === '\n';
        at = end.index + (isPair ? 2 : 1);
        LINE_END.lastIndex = at;
      }
      line += text.slice(at);
      if (text !== '') afterCarriageReturn = at === text.length && text.endsWith('\r');
      return events;
    },
    rest() {
      if (line !== '') takeLine([]);
      return data.length > 0 ? data.join('\n') : null;
    },
  };
}
