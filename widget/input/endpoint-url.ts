type UrlChange = 'cleaned' | 'https' | 'path';
type UrlWarning = 'userinfo' | 'private' | 'reserved' | 'http';

export interface EndpointUrl {
  /** The base URL as it is sent; what was typed where it is no URL at all. */
  url: string;
  /** What was changed, so that it can be said. */
  changes: UrlChange[];
  warning: UrlWarning | null;
  valid: boolean;
}

/** What does not belong to a base URL, in any order: the path of a single method, slashes, quotes and spaces. */
const ENDING = /(?:(?<![:/])\/+(?:chat\/completions|completions|models)|[\s"'`>/])+$/i;

/** A pasted address as a base URL: without quotes, with a scheme, without the path of a single method. */
export function normaliseEndpointUrl(typed: string): EndpointUrl {
  const changes: UrlChange[] = [];
  const begun = typed.replace(/^[\s"'`<]+/, '');
  const ending = ENDING.exec(begun)?.[0] ?? '';
  let url = begun.slice(0, begun.length - ending.length);
  if (begun !== typed || /[\s"'`>]/.test(ending)) changes.push('cleaned');
  if (url !== '' && !/^[a-z][a-z\d+.-]*:(\/|$)/i.test(begun)) {
    url = `https://${url}`;
    changes.push('https');
  }
  // A lone trailing slash is nobody's mistake: dropped without a word.
  if (/[a-z]/i.test(ending)) changes.push('path');
  // Some browsers take a host with spaces in it.
  const parsed = URL.canParse(url) && !/\s/.test(url) ? new URL(url) : null;
  const valid = parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.hostname !== '';
  if (!valid) return { url: typed, changes: [], warning: null, valid };
  return { url, changes, warning: warningFor(parsed), valid };
}

function warningFor({ protocol, hostname, username, password }: URL): UrlWarning | null {
  if (username || password) return 'userinfo';
  if (isPrivate(hostname)) return 'private';
  if (/(^|\.)(example|invalid|test)$/.test(hostname)) return 'reserved';
  return protocol === 'http:' ? 'http' : null;
}

/** Only what is plainly private, to save the visitor a wait: the server judges every address itself. */
function isPrivate(hostname: string): boolean {
  return (
    /(^|\.)(localhost|local|internal|lan|home)$/.test(hostname) ||
    (/^[\d.]+$/.test(hostname) && /^(127|10|0|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(hostname)) ||
    /^\[(::1?|f[cd][\da-f]{2}:.*|fe80:.*)\]$/.test(hostname)
  );
}
