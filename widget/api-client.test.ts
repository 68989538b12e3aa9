import { expect } from '@open-wc/testing';
import { ApiError, createApiClient, NetworkError } from './api-client.js';

/** A client whose only request is answered with `response`, and what it asked for. */
function clientFor(response: () => Response | Promise<Response>, token: string | null = 'token') {
  const requests: Request[] = [];
  const fetch = (async (url: string, init: RequestInit) => {
    requests.push(new Request(url, init));
    return response();
  }) as typeof globalThis.fetch;
  return { client: createApiClient({ apiUrl: 'https://demo.example/', token: () => token, fetch }), requests };
}

const json =
  (body: unknown, init: ResponseInit = {}) =>
  () =>
    new Response(JSON.stringify(body), init);

async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

describe('the API’s client', () => {
  it('sends the token in a header, and neither cookies nor the page’s address', async () => {
    const { client, requests } = clientFor(json({ id: 'a' }));
    await client.ask({ question: 'p95?' });
    const [request] = requests;
    expect(request?.url).to.equal('https://demo.example/api/demo/v2/atlas');
    expect(request?.headers.get('Authorization')).to.equal('Bearer token');
    expect(request?.credentials).to.equal('omit');
    expect(await request?.json()).to.deep.equal({ question: 'p95?' });
  });

  it('rejects with the server’s problem, and when to come back', async () => {
    const problem = { type: 'about:blank', title: 'Busy', status: 503, code: 'busy', detail: 'Too many runs.' };
    const { client } = clientFor(json(problem, { status: 503, headers: { 'Retry-After': '7' } }));
    const error = (await failure(client.config())) as ApiError;
    expect(error).to.be.instanceOf(ApiError);
    expect(error.problem).to.deep.include({ code: 'busy', retryAfterSeconds: 7 });
  });

  it('makes a problem of a proxy’s page', async () => {
    const { client } = clientFor(() => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    expect(((await failure(client.config())) as ApiError).problem.code).to.equal('internal');
  });

  it('tells a server that cannot be reached, or an answer that breaks off, from a refusal', async () => {
    const unreachable = clientFor(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await failure(unreachable.client.config())).to.be.instanceOf(NetworkError);
    const cut = clientFor(() => new Response('{"id":'));
    expect(await failure(cut.client.ask({ question: 'p95?' }))).to.be.instanceOf(NetworkError);
    const broken = new ReadableStream({ start: (controller) => controller.error(new TypeError('network error')) });
    expect(await failure(clientFor(() => new Response(broken)).client.download('csv'))).to.be.instanceOf(NetworkError);
  });

  it('passes on that it was cancelled', async () => {
    const controller = new AbortController();
    const { client } = clientFor(() => {
      controller.abort();
      return new Response('{"id":');
    });
    expect(await failure(client.ask({ question: 'p95?' }, controller.signal))).not.to.be.instanceOf(NetworkError);
  });

  it('names a file as the server does', async () => {
    const named = (disposition: string) =>
      clientFor(() => new Response('x', { headers: { 'Content-Disposition': disposition } })).client.download('csv');
    expect((await named('attachment; filename="atlas.csv"')).filename).to.equal('atlas.csv');
    expect((await named('attachment')).filename).to.equal('atlas-results.csv');
  });
});
