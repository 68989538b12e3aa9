import type { Looks } from './looks.js';
import { isRecord, MAX_HEIGHT, MAX_TEXT, METHODS, number, type Raw, type Settings, type ToFrame } from './messages.js';

/** A message of the page's, rebuilt from what is known; null where it is none. */
export function readToFrame(data: unknown): ToFrame | null {
  if (!isRecord(data)) return null;
  const { type, id, allowed } = data;
  if (type === 'seen') return { type, from: number(data.from, 0, MAX_HEIGHT, 0) };
  if (type === 'verdict' && typeof id === 'number') return { type, id, allowed: allowed === true };
  const method = METHODS.find((name) => name === data.method);
  if (type === 'ask' && typeof id === 'number' && method) return { type, id, method };
  if (type === 'settings' && isRecord(data.settings)) return { type, settings: readSettings(data.settings) };
  return null;
}

function readSettings(data: Raw): Settings {
  return {
    name: text(data.name),
    theme: oneOf(data.theme, ['auto', 'light', 'dark']),
    lang: text(data.lang),
    domain: text(data.domain),
    suite: text(data.suite),
    endpointUrl: text(data.endpointUrl),
    modelId: text(data.modelId),
    signupUrl: webAddress(data.signupUrl),
    privacyUrl: webAddress(data.privacyUrl),
    persist: oneOf(data.persist, ['session', 'none']),
    headingLevel: Math.round(number(data.headingLevel, 1, 6, 2)),
    heading: text(data.heading),
    consent: text(data.consent),
    cta: text(data.cta),
    ctaUrl: webAddress(data.ctaUrl),
    looks: readLooks(isRecord(data.looks) ? data.looks : {}),
  };
}

function readLooks(data: Raw): Looks {
  const properties = Object.entries(isRecord(data.properties) ? data.properties : {});
  return {
    rootFontSize: number(data.rootFontSize, 4, 100, 16),
    windowHeight: number(data.windowHeight, 100, 20_000, 800),
    minHeight: number(data.minHeight, 0, 20_000, 0),
    properties: Object.fromEntries(properties.map(([name, value]) => [name, text(value)])),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : '');

/** One of the choices; the first unless it is. */
const oneOf = <T extends string>(value: unknown, choices: readonly [T, ...T[]]): T =>
  choices.find((choice) => choice === value) ?? choices[0];

/** An address that a link may lead to: a `javascript:` one would run in the frame. */
function webAddress(value: unknown): string {
  const address = text(value);
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? address : '';
}
