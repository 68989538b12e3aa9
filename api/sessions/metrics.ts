import { Gauge, type Registry } from 'prom-client';
import type { SessionStore } from './store.js';

/** Gauges that are read from the database when they are asked for. */
export function measureSessions(registry: Registry, store: SessionStore): void {
  new Gauge({
    name: 'atlas_sessions',
    help: 'Sessions that have not expired',
    registers: [registry],
    async collect() {
      this.set((await store.census()).sessions);
    },
  });
  new Gauge({
    name: 'atlas_oldest_key_age_seconds',
    help: 'Age of the oldest sealed key; above the life of a session, deletion does not work',
    registers: [registry],
    async collect() {
      this.set((await store.census()).oldestKeySeconds);
    },
  });
}
