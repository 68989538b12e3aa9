import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { LIMITS } from '../../api/contract/limits.js';

const ANSWER_CHARACTERS = 195_000;
const BODY_CHARACTERS = 3_900_000;

const filled = (unit: string, characters: number) =>
  unit.repeat(Math.ceil(characters / unit.length)).slice(0, characters);

/** What a text of an answer's full length may be made of to keep whoever reads it busy. */
const UNITS = [
  'word ',
  'a',
  '\n',
  '[',
  '{\n',
  '"',
  '“',
  '```\n',
  '? ',
  'か。',
  '字',
  'a\n\n',
  '- \n',
  '\\',
  '%25',
  '&amp;',
  '\u200b',
  '👍',
  'é́́́́',
  'ا ',
];
/** The texts of twenty answers. */
export const LONG_TEXTS: readonly string[] = UNITS.map((unit) => filled(unit, ANSWER_CHARACTERS));

/** Each row of so many of these characters, in a text no longer than a key may be. */
function deBruijn(characters: string, length: number): string {
  let text = characters[0]!.repeat(length);
  for (const seen = new Set([text]); text.length < LIMITS.apiKeyCharacters; ) {
    const rows = [...characters].reverse().map((character) => (text + character).slice(-length));
    const row = rows.find((each) => !seen.has(each));
    if (row === undefined) break;
    seen.add(row);
    text += row.at(-1);
  }
  return text;
}

const backslashes = deBruijn('\\!', 8);
const percents = deBruijn('%25', 6);
/** Keys that look like escapes, and answers that can be read as parts of them in as many ways as may be. */
const AMBIGUOUS: Record<string, { apiKey: string; text: string }> = {
  'escaped signs': { apiKey: backslashes, text: filled('\\!', ANSWER_CHARACTERS) },
  backslashes: { apiKey: backslashes, text: filled('\\', ANSWER_CHARACTERS) },
  'its own characters': { apiKey: backslashes, text: filled(backslashes, ANSWER_CHARACTERS) },
  'signs taken apart': { apiKey: backslashes, text: filled('\\\u200b!', ANSWER_CHARACTERS) },
  'signs escaped in each way': { apiKey: backslashes, text: filled('\\!\\\\&#33;%21%5c!\\', ANSWER_CHARACTERS) },
  'percent signs': { apiKey: percents, text: filled('%25', ANSWER_CHARACTERS) },
};
export const AMBIGUOUS_KEYS: readonly { name: string; apiKey: string }[] = Object.entries(AMBIGUOUS).map(
  ([name, { apiKey }]) => ({ name, apiKey }),
);

const completion = (content: string) =>
  JSON.stringify({ id: 'x', choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] });
const chunk = (content: string) =>
  `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta: { content } }] })}\n\n`;

/** Bodies that cost more to read than to send, each as JSON and as a stream. */
const HOSTILE: Record<string, string> = {
  'nested lists': `{"choices":${filled('[', BODY_CHARACTERS / 2)}${filled(']', BODY_CHARACTERS / 2)}}`,
  'unclosed lists': filled('[', BODY_CHARACTERS),
  'nested objects': `${'{"a":'.repeat(600_000)}1${'}'.repeat(600_000)}`,
  'empty choices': `{"choices":[${filled('{},', BODY_CHARACTERS)}{}]}`,
  'many names': `{${Array.from({ length: 250_000 }, (_, number) => `"k${number}":1`).join()}}`,
  'escaped letters': completion('').replace('""', `"${filled('\\u0061', BODY_CHARACTERS)}"`),
  'nested lists that are just taken': `{"choices":${'['.repeat(250_000)}${']'.repeat(250_000)}}`,
  'a long error': JSON.stringify({ error: { code: 404, message: filled('model ', 500_000) } }),
  'one long event': `data: ${filled('[', BODY_CHARACTERS)}\n\n`,
  'lines of one event': filled('data: [\n', BODY_CHARACTERS),
  'tiny events': filled(chunk('a'), BODY_CHARACTERS),
  'long events': filled(chunk(filled('a', 30_000)), BODY_CHARACTERS),
  'blank lines': filled('\n', BODY_CHARACTERS),
  comments: filled(':\n', BODY_CHARACTERS),
  'a web page': `<${filled('a', BODY_CHARACTERS)}`,
};
export const HOSTILE_NAMES: readonly string[] = Object.keys(HOSTILE);

/** An endpoint that answers `text 3` with the third long text, `ambiguous NAME` with that text, and `hostile NAME` with that body. */
export async function startHeavyUpstream() {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const [, number, ambiguous, hostile] = /(?:text (\d+)|ambiguous ([a-z ]+)|hostile ([a-z ]+))"/.exec(body) ?? [];
    const isStream = hostile !== undefined && !HOSTILE[hostile]!.startsWith('{');
    response.writeHead(200, { 'content-type': isStream ? 'text/plain' : 'application/json' });
    if (hostile !== undefined) response.end(HOSTILE[hostile]);
    else if (ambiguous !== undefined) response.end(completion(AMBIGUOUS[ambiguous]!.text));
    else response.end(completion(number === undefined ? 'Hello.' : LONG_TEXTS[Number(number)]!));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hostPort = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${hostPort}/v1`,
    hostPort,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
