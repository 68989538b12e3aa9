/** Hosts whose chat API is neither at the root nor at /v1. */
const KNOWN_PATHS: Record<string, string> = {
  'api.fireworks.ai': '/inference/v1',
  'api.groq.com': '/openai/v1',
  'api.deepinfra.com': '/v1/openai',
  'generativelanguage.googleapis.com': '/v1beta/openai',
  'openrouter.ai': '/api/v1',
};
const PASTED_OPERATION = /\/(chat\/completions|completions|models)\/*$/;
const VERSION = /\/v\d+[a-z0-9]*(\/|$)/;

/**
 * The bases that an address may stand for, the likeliest first: with or without /v1, with a trailing slash, or with the
 * whole path of an operation pasted. A query stays where it was.
 *
 * @param address one that has passed the URL policy
 */
export function candidateBases(address: URL): string[] {
  const path = address.pathname.replace(/\/+$/, '').replace(PASTED_OPERATION, '').replace(/\/+$/, '');
  return [...new Set(candidatePaths(address.hostname, path))].map(
    (candidate) => address.origin + candidate + address.search,
  );
}

function candidatePaths(host: string, path: string): string[] {
  const known = KNOWN_PATHS[host];
  if (path === '') return [known ?? '/v1', '/v1', ''];
  if (path.endsWith('/v1')) return [path, path.slice(0, -'/v1'.length)];
  return VERSION.test(path) ? [path] : [path, `${path}/v1`];
}
