import { isIP } from 'node:net';

/** A variable with a value that the program cannot use. The message is one line: the variable and what it wants. */
export class ConfigError extends Error {
  constructor(variable: string, wants: string) {
    super(`${variable} ${wants}`);
    this.name = 'ConfigError';
  }
}

/** Reads typed values out of environment variables; an empty one counts as unset. */
export class Environment {
  readonly #variables: NodeJS.ProcessEnv;

  constructor(variables: NodeJS.ProcessEnv) {
    this.#variables = variables;
  }

  text(name: string): string | undefined {
    return this.#variables[name]?.trim() || undefined;
  }

  integer(name: string, { min, max, byDefault }: { min: number; max: number; byDefault: number }): number {
    const text = this.text(name);
    if (text === undefined) return byDefault;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new ConfigError(name, `must be a whole number from ${min} to ${max}`);
    }
    return value;
  }

  flag(name: string, byDefault: boolean): boolean {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined) return byDefault;
    if (['on', 'true', '1', 'yes'].includes(text)) return true;
    if (['off', 'false', '0', 'no'].includes(text)) return false;
    throw new ConfigError(name, 'must be "on" or "off"');
  }

  oneOf<T extends string>(name: string, values: readonly T[], byDefault: T): T {
    const text = this.text(name);
    if (text === undefined) return byDefault;
    const value = values.find((candidate) => candidate === text);
    if (value === undefined) throw new ConfigError(name, `must be one of ${values.join(', ')}`);
    return value;
  }

  url(name: string, protocols: readonly string[]): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
      const schemes = protocols.map((protocol) => `${protocol}//`).join(' or ');
      throw new ConfigError(name, `must be a URL that starts with ${schemes}`);
    }
    return text;
  }

  /** Items of a comma-separated list, each as `isItem` wants it. */
  list(name: string, isItem: (item: string) => boolean, wants: string): string[] {
    const items = (this.text(name) ?? '').split(',').map((item) => item.trim());
    const given = items.filter((item) => item !== '');
    if (!given.every(isItem)) throw new ConfigError(name, `must be a comma-separated list of ${wants}`);
    return given;
  }
}

/** Without a zone (`%eth0`): it means nothing outside of the machine that it was copied from. */
export function isAddressOrCidr(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || address.includes('%') || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

export function isOrigin(text: string): boolean {
  return /^https?:\/\/[a-z0-9.:[\]-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

export function isHostAndPort(text: string): boolean {
  const match = /^(?:[^\s/@:[\]]+|\[[0-9a-f:.]+\]):(\d{1,5})$/i.exec(text);
  return match !== null && isPort(match[1] ?? '');
}

export function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}
