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
export const METHODS = ['start', 'startOver', 'endSession'] as const;
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
export const MAX_HEIGHT = 50_000;
export const MAX_TEXT = 2_000;

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

export type Raw = Readonly<Record<string, unknown>>;

export const isRecord = (data: unknown): data is Raw => typeof data === 'object' && data !== null;
const isPlain = (value: unknown): boolean =>
  value === null || typeof value === 'number' || (typeof value === 'string' && value.length <= MAX_TEXT);

/** What may be told of an event. */
export function knownFields(name: EventName, detail: Raw): FtlEventDetails[EventName] {
  const fields = FIELDS[name].filter((field) => field in detail && isPlain(detail[field]));
  return Object.fromEntries(fields.map((field) => [field, detail[field]])) as unknown as FtlEventDetails[EventName];
}

export const isEventName = (name: unknown): name is EventName =>
  typeof name === 'string' && Object.hasOwn(FIELDS, name);

/** The number, if it is one within the limits. */
export function number(value: unknown, min: number, max: number, byDefault: number): number {
  return typeof value === 'number' && value >= min && value <= max ? value : byDefault;
}
