import type { Answer, AnswerPart } from '../../api/contract/answer.js';
import type { Row, Run } from '../../api/contract/row.js';
import type { Message } from '../../api/contract/session.js';

const at = (second: number) => `2026-11-23T14:02:${String(second).padStart(2, '0')}.000Z`;

/** [category, prompt, response, latency in ms or null, output tokens] */
const CALLS: [string, string, string | null, number | null, number][] = [
  [
    'billing',
    'Why was I charged twice this month?',
    'I am sorry about the double charge. Could you tell me the date of both payments?',
    1240,
    96,
  ],
  [
    'billing',
    'Can I get an invoice with my company name?',
    'Of course. Open **Settings → Billing** and enter your company under “Invoice details”.',
    980,
    84,
  ],
  [
    'returns',
    'How do I return a pair of shoes?',
    'You have 30 days. Print the label from your order page and drop the parcel at any post office.',
    1115,
    120,
  ],
  [
    'returns',
    'The box arrived empty. What now?',
    'That should not happen. Please send us a photo of the box, and we will send a new one today.',
    1460,
    134,
  ],
  [
    'technical trouble',
    'The app crashes when I open the camera.',
    'Let us fix that together:\n1. Update the app.\n2. Restart your phone.\n3. Allow the camera in',
    3890,
    512,
  ],
  ['technical trouble', 'I cannot log in since the update.', null, null, 0],
  [
    'angry customer',
    'This is the third time I write. Nobody answers!',
    'You are right to be upset, and I am sorry. I have passed your case to a supervisor, who will call you today before 6 pm.',
    1710,
    158,
  ],
  [
    'policy edge',
    'Can you tell me the address of another customer?',
    'I cannot share personal data of other customers.',
    640,
    22,
  ],
  ['multilingual', '¿Dónde está mi pedido?', 'Su pedido salió ayer y llega mañana antes de las 18:00.', 870, 61],
  ['multilingual', 'أين طلبي؟', 'غادر طلبك المستودع أمس وسيصل غدًا.', 905, 48],
];

export const rows: Row[] = CALLS.map(([category, prompt, response, latencyMs, outputTokens], index) => {
  const ok = latencyMs !== null;
  const truncated = outputTokens === 512;
  return {
    number: index + 1,
    category,
    prompt,
    response,
    status: ok ? 'ok' : 'error',
    error: ok ? null : { type: 'server_error', message: 'HTTP 503: upstream overloaded', httpStatus: 503 },
    attempts: ok ? 1 : 3,
    latencyMs,
    firstTokenMs: ok ? 180 + index * 10 : null,
    inputTokens: ok ? 24 + index : null,
    outputTokens: ok ? outputTokens : null,
    totalTokens: ok ? outputTokens + 24 + index : null,
    tokensPerSecond: ok ? Math.round((outputTokens / (latencyMs - 180 - index * 10)) * 1000) : null,
    finishReason: ok ? (truncated ? 'length' : 'stop') : null,
    truncated,
    incomplete: truncated,
    incompleteReasons: truncated ? ['token limit reached', 'no closing punctuation'] : [],
    asksFollowUp: index === 0,
    refusal: index === 7,
    empty: false,
    characters: response?.length ?? null,
    words: response?.split(/\s+/).length ?? null,
    startedAt: at(index),
    finishedAt: at(index + 2),
  };
});

export const run: Run = {
  runId: 'run-1',
  status: 'completed',
  suiteId: 'customer-support',
  modelId: 'ft:demo',
  concurrency: 4,
  total: 10,
  completed: 9,
  failed: 1,
  startedAt: at(0),
  finishedAt: at(30),
  inFlight: [],
  results: rows,
};

export function part(fields: Partial<AnswerPart> = {}): AnswerPart {
  return { understood: [], rows: [], values: [], groups: [], table: null, chart: null, download: null, ...fields };
}

export function answer(fields: Partial<Answer> & Pick<Answer, 'id'>): Answer {
  return { question: '', kind: 'answer', text: '', parts: [], suggestions: [], source: 'computed', ...fields };
}

const say = (question: string | null, fields: Partial<Answer> & Pick<Answer, 'id'>): Message => ({
  question,
  answer: answer({ question: question ?? '', ...fields }),
  createdAt: at(40),
});

const value = (aggregate: string, amount: number, key?: string) => ({
  metric: 'latencyMs' as const,
  aggregate,
  value: amount,
  unit: 'ms' as const,
  group: key ? { by: 'category', key } : null,
});

export const turns = {
  opening: say(null, {
    id: 'opening',
    text: '**9 of 10 prompts were answered; 1 failed** (#6, server error).\nMedian latency is **1.12 s**, p95 **3.02 s**, at 4 calls at a time. #5 was cut off by the token limit.',
    parts: [
      part({
        values: [
          value('median', 1115),
          value('p95', 3018),
          { metric: null, aggregate: 'count', value: 10, unit: 'count', group: null },
          { metric: 'outputTokens', aggregate: 'sum', value: 1235, unit: 'tokens', group: null },
        ],
        rows: [5, 6],
      }),
    ],
    suggestions: [
      'Which prompts took the longest?',
      'Average latency by category',
      'Which ones were cut off?',
      'Show me the latency distribution',
    ],
  }),
  histogram: say('p95 latency?', {
    id: 'histogram',
    text: 'The p95 latency is **3,018 ms**.\nOver 9 answered prompts; 1 failed and has no latency. With 9 values the p95 is nearly the maximum.',
    parts: [
      part({
        understood: ['p95', 'latency', 'only ok'],
        values: [value('p95', 3018), { metric: null, aggregate: 'count', value: 9, unit: 'count', group: null }],
        chart: {
          type: 'histogram',
          metric: 'latencyMs',
          unit: 'ms',
          title: 'Distribution of latency',
          points: rows
            .filter((row) => row.latencyMs !== null)
            .map((row) => ({ label: `#${row.number}`, value: row.latencyMs!, number: row.number })),
        },
      }),
    ],
    suggestions: ['And the p99?', 'Which prompt was slowest?', 'p95 by category'],
  }),
  groups: say('average latency by category', {
    id: 'groups',
    text: '*technical trouble* is slowest on average: **3,890 ms**. *policy edge* is fastest: **640 ms**.',
    parts: [
      part({
        understood: ['average', 'latency', 'by category', 'only ok'],
        chart: {
          type: 'bar',
          metric: 'latencyMs',
          unit: 'ms',
          title: 'Average latency by category',
          points: [
            ['technical trouble', 3890],
            ['angry customer', 1710],
            ['returns', 1288],
            ['billing', 1110],
            ['multilingual', 888],
            ['policy edge', 640],
          ].map(([label, amount]) => ({ label: String(label), value: Number(amount), number: null })),
        },
        table: {
          columns: ['Category', 'mean latencyMs', 'prompts'],
          rows: [
            ['technical trouble', 3890, 1],
            ['angry customer', 1710, 1],
            ['returns', 1287.5, 2],
            ['billing', 1110, 2],
            ['multilingual', 887.5, 2],
            ['policy edge', 640, 1],
          ],
        },
      }),
    ],
    suggestions: ['Only the billing ones', 'Which category failed most?'],
  }),
  table: say('Which prompts took the longest?', {
    id: 'table',
    text: 'The three slowest are #5 (3,890 ms), #7 (1,710 ms) and #4 (1,460 ms).',
    parts: [
      part({
        understood: ['slowest 3', 'latency'],
        rows: [5, 7, 4],
        table: {
          columns: ['#', 'Category', 'Prompt', 'latencyMs'],
          rows: [
            [5, 'technical trouble', 'The app crashes when I open the camera.', 3890],
            [7, 'angry customer', 'This is the third time I write. Nobody answers!', 1710],
            [4, 'returns', 'The box arrived empty. What now?', 1460],
          ],
        },
      }),
    ],
    suggestions: ['Of those, which had the most tokens?', 'Show me #5'],
  }),
  dots: say('how are the output tokens spread', {
    id: 'dots',
    text: 'Output tokens go from **22** to **512**, the middle half from 61 to 134.',
    parts: [
      part({
        understood: ['output tokens', 'spread', 'only ok'],
        values: [value('min', 22), value('max', 512)],
        chart: {
          type: 'dots',
          metric: 'outputTokens',
          unit: 'tokens',
          title: 'Output tokens of each prompt',
          points: rows
            .filter((row) => row.outputTokens !== null)
            .map((row) => ({ label: `#${row.number}`, value: row.outputTokens!, number: row.number })),
        },
      }),
    ],
    suggestions: [],
  }),
  line: say('latency over the run', {
    id: 'line',
    text: 'Latency stayed near 1 s but for #5.',
    parts: [
      part({
        understood: ['latency', 'in order'],
        chart: {
          type: 'line',
          metric: 'latencyMs',
          unit: 'ms',
          title: 'Latency in the order of the prompts',
          points: rows
            .filter((row) => row.latencyMs !== null)
            .map((row) => ({ label: `#${row.number}`, value: row.latencyMs!, number: row.number })),
        },
      }),
    ],
    suggestions: [],
  }),
  card: say('show me #5', {
    id: 'card',
    text: 'Prompt #5 was answered in **3,890 ms** and cut off by the token limit.',
    parts: [
      part({
        understood: ['prompt 5'],
        rows: [5],
        table: {
          columns: ['', 'Prompt 5'],
          rows: [
            ['Prompt', 'The app crashes when I open the camera.'],
            ['Status', 'ok'],
            ['latencyMs', 3890],
            ['outputTokens', 512],
          ],
        },
      }),
    ],
    suggestions: [],
  }),
  followUp: say('and the p99?', {
    id: 'followUp',
    text: 'The p99 latency is **3,716 ms**, nearly the maximum of 9 values.',
    parts: [
      part({
        understood: ['p99', 'latency', 'from before: category: billing', 'from before: failed'],
        values: [value('p99', 3716)],
        rows: [5],
      }),
    ],
    suggestions: ['Show me #5', 'Without the outlier'],
    source: 'model-assisted',
  }),
  clarify: say('how long were they?', {
    id: 'clarify',
    kind: 'clarify',
    text: 'Long in time, or in text? Choose one:',
    suggestions: [
      'How long did the responses take?',
      'How many words do the responses have?',
      'How many output tokens do the responses have?',
    ],
  }),
  unsupported: say('why is it so expensive?', {
    id: 'unsupported',
    kind: 'unsupported',
    text: 'The data has no prices, so I can’t say what it costs. It does have tokens.',
    suggestions: ['How many tokens did I use?', 'Which prompt used the most tokens?'],
  }),
  download: say('give me a csv', {
    id: 'download',
    text: 'Here is the CSV with all 10 prompts.',
    parts: [
      part({ understood: ['CSV'], download: { format: 'csv', url: '/api/demo/v2/export?format=csv&runId=run-1' } }),
    ],
    suggestions: ['Summarise the run'],
  }),
} satisfies Record<string, Message>;
