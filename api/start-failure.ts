import { ConfigError } from './environment.js';

/**
 * A step of the start that depends on one variable.
 *
 * @param wants what the variable must be, for whoever set it
 * @throws {ConfigError} with the reason, in one line, where the step fails
 */
export async function needing<T>(variable: string, wants: string, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    throw new ConfigError(variable, `must be ${wants}: ${reasonOf(error)}`);
  }
}

/** Ports are taken or kept back; whatever else keeps a server from listening is its address. */
export function whyNotListening(error: unknown): ConfigError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'EADDRINUSE') return new ConfigError('PORT', 'must be a port that no other program listens on');
  if (code === 'EACCES') return new ConfigError('PORT', 'must be a port that this user may listen on');
  return new ConfigError('HOST', `must be an address of this machine: ${reasonOf(error)}`);
}

/** Several failures at once, as of the addresses of one host, have a code but no message. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  const text = message || code || String(error);
  return text.split('\n', 1)[0]!;
}
