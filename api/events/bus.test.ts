import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../../testing/model.js';
import { createInProcessBus, type EventBus, type SessionMessage } from './bus.js';
import { createRedisBus } from './redis-bus.js';

const started: SessionMessage = { type: 'prompt.started', seq: 3, number: 1 };
const ended: SessionMessage = { type: 'session.ended', reason: 'cleanup' };
const buses: EventBus[] = [];
afterEach(async () => {
  await Promise.all(buses.splice(0).map((bus) => bus.close()));
});

function listen(bus: EventBus, sessionId: string) {
  const heard: SessionMessage[] = [];
  return { heard, stop: bus.subscribe(sessionId, (message) => heard.push(message)) };
}

describe('the bus of one instance', () => {
  it('tells all who follow a session, at once and in order, and nobody else', () => {
    const bus = createInProcessBus();
    const [a, b, other] = [listen(bus, 's'), listen(bus, 's'), listen(bus, 't')];
    bus.publish('s', [started, ended]);
    expect([a.heard, b.heard, other.heard]).toEqual([[started, ended], [started, ended], []]);
  });

  it('tells nothing to those who have left', () => {
    const bus = createInProcessBus();
    const [a, b] = [listen(bus, 's'), listen(bus, 's')];
    a.stop();
    a.stop();
    bus.publish('s', [started]);
    expect([a.heard, b.heard]).toEqual([[], [started]]);
    b.stop();
    const again = listen(bus, 's');
    a.stop();
    bus.publish('s', [started]);
    expect(again.heard).toEqual([started]);
  });

  it('lets a listener leave while it is being told', () => {
    const bus = createInProcessBus();
    const stop = bus.subscribe('s', () => stop());
    const last = listen(bus, 's');
    bus.publish('s', [started]);
    expect(last.heard).toEqual([started]);
  });
});

function redisBus(url: string): { bus: EventBus; states: string[] } {
  const states: string[] = [];
  const bus = createRedisBus({ url, onState: (state) => states.push(state) });
  buses.push(bus);
  return { bus, states };
}

describe('the bus of several instances, while Redis is away', () => {
  it('still tells those who follow here, and says once that Redis is away', async () => {
    const { bus, states } = redisBus('redis://127.0.0.1:1');
    const here = listen(bus, 's');
    bus.publish('s', [started]);
    expect(here.heard).toEqual([started]);
    await until(() => states.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(states).toEqual(['away']);
  });
});

describe.runIf(process.env.REDIS_URL)('the bus of several instances', () => {
  it('tells the other instances that there is news, but not what it is', async () => {
    const [a, b] = [redisBus(process.env.REDIS_URL!), redisBus(process.env.REDIS_URL!)];
    const [here, there, elsewhere] = [listen(a.bus, 's'), listen(b.bus, 's'), listen(b.bus, 't')];
    await until(() => a.states.includes('connected') && b.states.includes('connected'));
    await until(() => {
      a.bus.publish('s', [started]);
      return there.heard.length > 0;
    });
    const before = there.heard.length;
    a.bus.publish('s', [ended]);
    await until(() => there.heard.length > before);
    expect(there.heard[0]).toEqual({ type: 'log.grown', seq: 3 });
    expect(there.heard.at(-1)).toEqual(ended);
    expect(elsewhere.heard).toEqual([]);
    expect(here.heard.filter(({ type }) => type === 'session.ended')).toEqual([ended]);
  });
});
