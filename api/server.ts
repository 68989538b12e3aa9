// By default this signal opens the inspector, which can read all memory: so it is taken before anything else is loaded.
process.on('SIGUSR1', () => {});

await import('./serve.js');

export {};
