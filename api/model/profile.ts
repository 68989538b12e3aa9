/** The dialect an endpoint turned out to speak. Holds no secret: it is stored beside the session. */
export interface EndpointProfile {
  streaming: boolean;
  /** Takes `stream_options`, which asks for the token counts of a stream. */
  streamOptions: boolean;
  tokenLimit: 'max_tokens' | 'max_completion_tokens';
  temperature: boolean;
}

/** What most endpoints speak; the connection test starts here. */
export const COMMON_PROFILE: EndpointProfile = {
  streaming: true,
  streamOptions: true,
  tokenLimit: 'max_tokens',
  temperature: true,
};

interface Adaptation {
  /** The field as the endpoint's complaint names it. */
  named: RegExp;
  /** Whether we sent it. */
  applies: (profile: EndpointProfile) => boolean;
  without: Partial<EndpointProfile>;
}

/** In the order in which they are looked for: a complaint about `stream_options` also speaks of streams. */
const ADAPTATIONS: readonly Adaptation[] = [
  {
    named: /\b(stream_options|include_usage)\b/,
    applies: (profile) => profile.streaming && profile.streamOptions,
    without: { streamOptions: false },
  },
  {
    named: /\bmax_tokens\b/,
    applies: (profile) => profile.tokenLimit === 'max_tokens',
    without: { tokenLimit: 'max_completion_tokens' },
  },
  {
    named: /\bmax_completion_tokens\b/,
    applies: (profile) => profile.tokenLimit === 'max_completion_tokens',
    without: { tokenLimit: 'max_tokens' },
  },
  { named: /\btemperature\b/, applies: (profile) => profile.temperature, without: { temperature: false } },
  { named: /\bstream(ing)?\b/i, applies: (profile) => profile.streaming, without: { streaming: false } },
];

/** The field is known, but its value is not accepted: to send another one would not be what the visitor asked for. */
const ABOUT_THE_VALUE =
  /context.?length|between|greater|less than|at most|at least|too (large|high|low|small|long)|maximum|minimum|range/i;

/**
 * The profile to try next after an endpoint refused a request, or null where the complaint names none of our fields.
 *
 * @param complaint the message of a 400 or 422, and the field that it names
 */
export function adapt(profile: EndpointProfile, complaint: string): EndpointProfile | null {
  if (ABOUT_THE_VALUE.test(complaint)) return null;
  const adaptation = ADAPTATIONS.find(({ named, applies }) => applies(profile) && named.test(complaint));
  return adaptation === undefined ? null : { ...profile, ...adaptation.without };
}
