import { Gauge, Histogram, type Registry } from 'prom-client';
import type { App } from './app-type.js';
import type { OpenStreams } from './open-streams.js';

/** Times every request by its route's pattern. */
export function measureRequests(app: App, registry: Registry): void {
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode };
    duration.observe(labels, reply.elapsedTime / 1000);
  });
}

/** Counted twice, as they are limited: all sockets by address; event streams, and sockets that said hello, by session. */
export function measureStreams(
  registry: Registry,
  openStreams: { bySession: OpenStreams; byAddress: OpenStreams },
): void {
  new Gauge({
    name: 'atlas_open_streams',
    help: 'Sockets of all addresses; sockets and event streams of all sessions',
    labelNames: ['holder'],
    registers: [registry],
    collect() {
      this.set({ holder: 'address' }, openStreams.byAddress.count);
      this.set({ holder: 'session' }, openStreams.bySession.count);
    },
  });
}
