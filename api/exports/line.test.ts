import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Line, LineFull } from './line.js';

const NEVER = new AbortController().signal;

/** Jobs that note their start, and go on until they are told to end. */
function jobsIn(line: Line) {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string, signal = NEVER) =>
    line.run(async () => {
      started.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
    }, signal);
  return { started, run, end: (name: string) => ends.get(name)!() };
}

test('so many jobs go on at a time, and the others follow in their order', async () => {
  const { started, run, end } = jobsIn(new Line({ atOnce: 2, mostWaiting: 2 }));
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => run(name));
  await expect(run('e')).rejects.toThrow(LineFull);
  expect(started).toEqual(['a', 'b']);
  end('b');
  await b;
  await nextTurn();
  expect(started).toEqual(['a', 'b', 'c']);
  const late = run('f');
  end('a');
  end('c');
  await Promise.all([a, c]);
  await nextTurn();
  expect(started).toEqual(['a', 'b', 'c', 'd', 'f']);
  end('d');
  end('f');
  await Promise.all([d, late]);
});

test('who goes away while waiting gives up the place in the line, and who fails passes the turn on', async () => {
  const line = new Line({ atOnce: 1, mostWaiting: 1 });
  const { started, run, end } = jobsIn(line);
  const first = run('first');
  const gone = new AbortController();
  const waiting = run('gone', gone.signal);
  gone.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  const failing = line.run(() => Promise.reject(new Error('failed')), NEVER);
  end('first');
  await first;
  await expect(failing).rejects.toThrow('failed');
  const last = run('last');
  expect(started).toEqual(['first', 'last']);
  end('last');
  await last;
});
