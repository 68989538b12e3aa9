import type { FtlEventDetails } from '../events.js';
import type { Looks } from './looks.js';

/** The properties that the page's element and the one in the frame have in common. */
export interface Shared {
  theme: 'auto' | 'light' | 'dark';
  domain: string;
  suite: string;
  endpointUrl: string;
  modelId: string;
  signupUrl: string;
  privacyUrl: string;
  persist: 'session' | 'none';
  headingLevel: number;
}

/** What the page tells the frame: once with the port, then whenever it changes. */
export interface Settings extends Shared {
  /** Tells this element's session from those of others on the page. */
  name: string;
  lang: string;
  /** What the page has put into the slots, as plain text; empty where it has put nothing. */
  heading: string;
  consent: string;
  cta: string;
  /** Where the first link in `cta` leads; empty where there is none. */
  ctaUrl: string;
  looks: Looks;
}

export type EventName = keyof FtlEventDetails;

/** The first message, the only one between windows: hands the frame its port. */
export const CONNECT = 'ftl-connect';

/** What the page can ask the element in the frame to do. */
const METHODS = ['start', 'startOver', 'endSession'] as const;
export type Method = (typeof METHODS)[number];

export type ToFrame =
  | { type: 'settings'; settings: Settings }
  /** The page has scrolled: so many pixels of the frame, from its top, are out of sight. */
  | { type: 'seen'; from: number }
  | { type: 'verdict'; id: number; allowed: boolean }
  | { type: 'ask'; id: number; method: Method };

export type ToPage =
  /** What the demo needs, px: on the screen, and on paper, where the conversation is unfolded. */
  | { type: 'height'; height: number; printed: number }
  | { type: 'done'; id: number; worked: boolean }
  | { type: 'event'; id: number; name: EventName; detail: FtlEventDetails[EventName] };

/** An endless page would be a loop, not a demo. */
const MAX_HEIGHT = 50_000;
const MAX_TEXT = 2_000;

/** The fields of each event. Nothing else crosses, whatever a later version may add. */
const FIELDS: { readonly [Name in EventName]: readonly (keyof FtlEventDetails[Name])[] } = {
  'ftl-step': ['from', 'to'],
  'ftl-connected': ['modelId', 'latencyMs'],
  'ftl-run-finished': ['runId', 'status', 'total', 'completed', 'failed'],
  'ftl-answer': ['id', 'kind'],
  'ftl-export': ['format'],
  'ftl-exported': ['format'],
  'ftl-signup': ['url'],
  'ftl-cleaned-up': ['credentialsDeletedAt', 'deletedAt'],
  'ftl-error': ['code', 'reason'],
};

type Raw = Readonly<Record<string, unknown>>;

const isRecord = (data: unknown): data is Raw => typeof data === 'object' && data !== null;
const isPlain = (value: unknown): boolean =>
  value === null || typeof value === 'number' || (typeof value === 'string' && value.length <= MAX_TEXT);

/** A message of the frame's, rebuilt from what is known; null where it is none. */
export function readToPage(data: unknown): ToPage | null {
  if (!isRecord(data)) return null;
  if (data.type === 'height') {
    const height = number(data.height, 0, MAX_HEIGHT, -1);
    const printed = Math.ceil(number(data.printed, height, MAX_HEIGHT, height));
    return height < 0 ? null : { type: 'height', height: Math.ceil(height), printed };
  }
  const { type, id, name, detail } = data;
  if (type === 'done' && typeof id === 'number') return { type, id, worked: data.worked === true };
  if (type !== 'event' || typeof id !== 'number' || !isEventName(name) || !isRecord(detail)) return null;
  return { type, id, name, detail: knownFields(name, detail) };
}

/** What may be told of an event. */
export function knownFields(name: EventName, detail: Raw): FtlEventDetails[EventName] {
  const fields = FIELDS[name].filter((field) => field in detail && isPlain(detail[field]));
  return Object.fromEntries(fields.map((field) => [field, detail[field]])) as unknown as FtlEventDetails[EventName];
}

const isEventName = (name: unknown): name is EventName => typeof name === 'string' && Object.hasOwn(FIELDS, name);

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

function number(value: unknown, min: number, max: number, byDefault: number): number {
  return typeof value === 'number' && value >= min && value <= max ? value : byDefault;
}

/** One of the choices; the first unless it is. */
const oneOf = <T extends string>(value: unknown, choices: readonly [T, ...T[]]): T =>
  choices.find((choice) => choice === value) ?? choices[0];

/** An address that a link may lead to: a `javascript:` one would run in the frame. */
function webAddress(value: unknown): string {
  const address = text(value);
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? address : '';
}
