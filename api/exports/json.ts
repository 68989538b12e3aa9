import type { Report } from './report.js';

/** `{session, run, results}`: the rows exactly as the API gives them. */
export function toJson({ session, run, rows }: Report): string {
  return JSON.stringify({ session, run, results: rows }, null, 2);
}
