import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, request } from 'undici';
import { createEgress } from '../api/egress/egress.js';
import { createModelClient } from '../api/model/client.js';
import { type Figure, quantile } from './figure.js';

const PROMPTS = 200;
const IN_FLIGHT = 20;
const WARM_UP = 40;

function startEndpoint(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['testing/vendor/scripted-endpoint.mjs', '--port', '0', '--precise'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk))?.[0];
      if (url) resolve({ url, child });
    });
  });
}

/** Runs `work` for each prompt, so many at once. Returns CPU milliseconds per prompt, of this process. */
async function cpuPerPrompt(work: (index: number) => Promise<unknown>, prompts: number): Promise<number> {
  const before = process.cpuUsage();
  let next = 0;
  const worker = async () => {
    while (next < prompts) {
      next += 1;
      await work(next);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / prompts;
}

const bodyFor = (model: string, prompt: string) =>
  JSON.stringify({
    model,
    messages: [{ role: 'user', content: prompt }],
    max_tokens: 512,
    stream: true,
    stream_options: { include_usage: true },
  });

async function plainRequest(agent: Agent, url: string, model: string, prompt: string): Promise<string> {
  const { body } = await request(`${url}/v1/chat/completions`, {
    method: 'POST',
    dispatcher: agent,
    headers: { 'content-type': 'application/json' },
    body: bodyFor(model, prompt),
  });
  const chunks = (await body.text()).split('\n\n').filter((event) => event.startsWith('data: {'));
  return chunks.map((event) => JSON.parse(event.slice(6)).choices[0]?.delta?.content ?? '').join('');
}

export async function modelBenchmark(): Promise<Figure[]> {
  const { url, child } = await startEndpoint();
  const agent = new Agent({ connections: IN_FLIGHT });
  const egress = createEgress({
    policy: {
      allowPlainHttp: false,
      ports: new Set([443]),
      ownHosts: [],
      deny: [],
      exempt: [{ hostPort: new URL(url).host }],
      callsPerMinutePerTarget: Number.MAX_SAFE_INTEGER,
      userAgent: 'bench',
    },
  });
  try {
    const client = createModelClient({ egress, timeoutMs: 10_000 });
    const open = async (modelId: string) => {
      const tested = await client.test({ endpointUrl: url, apiKey: '', modelId });
      if (!tested.ok) throw new Error(tested.error.message);
      return client.connect({ endpointUrl: tested.endpointUrl, apiKey: '', modelId, profile: tested.profile });
    };
    const callWith = (complete: Awaited<ReturnType<typeof open>>['complete']) => (index: number) =>
      complete(
        { prompt: `P${index + 10}`, systemPrompt: null, maxTokens: 512, temperature: null },
        { signal: new AbortController().signal, callsLeft: 3 },
      );

    const instant = 'sim:ttft=0,total=0,tokens=32';
    const atOnce = await open(instant);
    const plain = (index: number) => plainRequest(agent, url, instant, `P${index + 10}`);
    await cpuPerPrompt(plain, WARM_UP);
    await cpuPerPrompt(callWith(atOnce.complete), WARM_UP);
    const baseline = { name: 'ms, undici.request alone', value: await cpuPerPrompt(plain, PROMPTS) };
    const ours = await cpuPerPrompt(callWith(atOnce.complete), PROMPTS);
    await atOnce.close();

    const slow = await open('sim:ttft=20,total=50,tokens=32');
    const excess: number[] = [];
    for (let index = 0; index < 60; index += 1) {
      const outcome = await callWith(slow.complete)(index);
      if (outcome.latencyMs !== null) excess.push(outcome.latencyMs - 50);
    }
    await slow.close();
    return [
      { name: 'Model call: CPU per streamed prompt of 32 tokens, 20 in flight', value: ours, unit: 'ms', baseline },
      {
        name: 'Model call: reported latency above the endpoint’s 50 ms, median',
        value: quantile(excess, 0.5),
        unit: 'ms',
      },
      { name: 'Model call: the same, 95th percentile', value: quantile(excess, 0.95), unit: 'ms' },
    ];
  } finally {
    await agent.close();
    child.kill();
  }
}
