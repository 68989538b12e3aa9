// Before anything is loaded, as in api/server.ts: building can take a while.
process.on('SIGUSR1', () => {});

const { ensureBuilt } = await import('./prepare.mjs');
try {
  ensureBuilt();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
await import(new URL('../dist/api/server.js', import.meta.url).href);
