import { STEPS, type StepName } from './step-names.js';

/** What survives a reload: the session's token and where the visitor was. Never the key, never a prompt. */
export interface Stored {
  token: string;
  step: StepName;
  domain: string | null;
  suiteId: string | null;
  /** Whether there was a system prompt or a changed setting, none of which is kept. */
  settings: boolean;
}

export interface SessionStore {
  read(): Stored | null;
  write(stored: Stored): void;
  clear(): void;
}

/**
 * sessionStorage under the API's origin and what tells the element from others on the page. Where storage is blocked,
 * or the API's address is none, a reload starts afresh.
 */
export function createSessionStore(apiUrl: string, element: string): SessionStore {
  const guarded = <T>(access: (name: string) => T): T | null => {
    try {
      return access(`ftl-atlas-demo:${new URL(apiUrl, location.href).origin}:${element}`);
    } catch {
      return null;
    }
  };
  return {
    read: () => guarded((name) => parse(sessionStorage.getItem(name))),
    write: (stored) => void guarded((name) => sessionStorage.setItem(name, JSON.stringify(stored))),
    clear: () => void guarded((name) => sessionStorage.removeItem(name)),
  };
}

/** `persist="none"`: nothing is kept. */
export const noSessionStore: SessionStore = { read: () => null, write: () => {}, clear: () => {} };

function parse(text: string | null): Stored | null {
  const stored = JSON.parse(text ?? 'null') as Stored | null;
  return stored && typeof stored.token === 'string' && STEPS.includes(stored.step) ? stored : null;
}
