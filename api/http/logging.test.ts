import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTestApp } from '../../testing/app.js';
import { createLogger } from './logging.js';

const SECRET = 'sk-log+canary/77aa=';
const WRITTEN = ['level', 'time', 'msg', 'reqId', 'method', 'route', 'status', 'ms', 'err', 'reason', 'url', 'count'];

function logger() {
  const lines: string[] = [];
  return { log: createLogger({ level: 'trace', stream: { write: (line) => void lines.push(line) } }), lines };
}

describe('a log line', () => {
  it('has fields from the list alone, whatever it is given', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (fields, text) => {
        const { log, lines } = logger();
        log.child({ token: SECRET }).info({ ...fields, apiKey: SECRET, headers: { authorization: SECRET } }, text);
        expect(lines).toHaveLength(1);
        expect(lines[0]).not.toContain(SECRET);
        expect(WRITTEN).toEqual(expect.arrayContaining(Object.keys(JSON.parse(lines[0]!))));
      }),
    );
  });

  it('tells of an error what it is and where, and never what it says', () => {
    const cause = new Error(`cause ${SECRET}`);
    const error = Object.assign(new Error(`first ${SECRET}\n    at a line of its own ${SECRET}`, { cause }), {
      code: 'E_TEST',
      config: { headers: { authorization: SECRET } },
    });
    const { log, lines } = logger();
    log.error(error);
    log.error(error, error.message);
    log.error({ err: error });
    log.error({ err: error }, error.message);
    log.error({ err: `text ${SECRET}` }, 'a string is no error');
    expect(lines.join('')).not.toContain(SECRET);
    expect(JSON.parse(lines[2]!)).toMatchObject({ msg: 'error', err: { name: 'Error', code: 'E_TEST' } });
  });

  it('is one line, whatever it is given', () => {
    const { log, lines } = logger();
    log.warn({ reason: 'a\n{"level":"fatal"}\r\u2028b' }, 'c\nd');
    expect(lines.join('').trimEnd().split('\n')).toHaveLength(1);
  });

  it('tells of a request its route, and nothing that was sent', async () => {
    const test = await openTestApp();
    const visitor = test.visitor();
    await visitor.request(`/session?key=${SECRET}`, { token: SECRET, headers: { 'x-api-key': SECRET } });
    await visitor.request(`/${SECRET}`);
    await visitor.request('/configure', { method: 'POST', body: { apiKey: SECRET } });
    const lines = test
      .logs()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ msg }) => msg === 'request')).toHaveLength(3);
    for (const line of lines) expect(WRITTEN).toEqual(expect.arrayContaining(Object.keys(line)));
    expect(test.logs()).not.toContain(SECRET);
    await test.close();
  });
});
