import { type Emit, isCancelable } from '../events.js';
import { isFirstCopy } from '../first-copy.js';
import { FtlAtlasDemo } from '../ftl-atlas-demo.js';
import type { StepElement } from '../ui/step-element.js';
import { applyLooks } from './apply-looks.js';
import { CONNECT, knownFields, type Method, type Settings, type ToPage } from './messages.js';
import { readToFrame } from './read-to-frame.js';

// The script of the page in the frame: shows the element as the page around it asks, and tells that page what happens.

/** The page draws the frame's border and shadow, and keeps the width. */
const STYLES = `
  :root { overflow: hidden; }
  body { margin: 0; }
  ftl-atlas-demo { --ftl-max-width: none; }
  ftl-atlas-demo::part(frame) { border: 0; border-radius: 0; box-shadow: none; }
  @media print { ftl-atlas-demo { color-scheme: light !important; } }
`;

/** The element, with its events sent to the page around the frame. */
class FramedDemo extends FtlAtlasDemo {
  port: MessagePort | null = null;
  /** What the page is still being asked. */
  readonly #questions = new Map<number, (allowed: boolean) => void>();
  #events = 0;

  protected override readonly emit: Emit = (name, detail) => {
    this.#events += 1;
    const id = this.#events;
    this.tell({ type: 'event', id, name, detail: knownFields(name, { ...detail }) });
    if (!isCancelable(name)) return true;
    return new Promise((resolve) => this.#questions.set(id, resolve));
  };

  answer(id: number, allowed: boolean): void {
    this.#questions.get(id)?.(allowed);
    this.#questions.delete(id);
  }

  tell(message: ToPage): void {
    this.port?.postMessage(message);
  }
}

const sizes = new ResizeObserver(tellHeight);

if (isFirstCopy) customElements.define('ftl-atlas-demo', FramedDemo);
const demo = document.createElement('ftl-atlas-demo') as FramedDemo;
demo.apiUrl = new URL('.', location.href).href;
addEventListener('message', connect);

/** Takes the port from the page around the frame, once. That page may be framed only where the server's policy lets it. */
function connect({ source, origin, data, ports: [port] }: MessageEvent): void {
  if (source !== parent || origin !== decodeURIComponent(location.hash.slice(1)) || !port) return;
  if (data?.type !== CONNECT) return;
  const message = readToFrame({ ...data, type: 'settings' });
  if (message?.type !== 'settings') return;
  removeEventListener('message', connect);
  demo.port = port;
  port.onmessage = ({ data }) => receive(data);
  void show(message.settings);
}

function receive(data: unknown): void {
  const message = readToFrame(data);
  if (message?.type === 'settings') apply(message.settings);
  if (message?.type === 'seen') demo.style.setProperty('--_seen-from', `${message.from}px`);
  if (message?.type === 'verdict') demo.answer(message.id, message.allowed);
  if (message?.type === 'ask') void act(message.id, message.method);
}

async function act(id: number, method: Method): Promise<void> {
  demo.tell({ type: 'done', id, worked: await demo[method]() });
}

async function show(settings: Settings): Promise<void> {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  document.adoptedStyleSheets = [sheet];
  apply(settings);
  document.body.append(demo);
  await demo.updateComplete;
  // Measured at once: a browser does not observe sizes in a frame that is out of sight.
  tellHeight();
  sizes.observe(demo);
  demo.addController({ hostUpdated: watchConversation });
  addEventListener('beforeprint', () => {
    keepForScreen(demo.shadowRoot!);
    unfoldConversation();
  });
}

/** Printed, the frame cannot grow: what is only unfolded on paper would be cut off. So paper has what the screen has. */
function keepForScreen(root: ShadowRoot): void {
  for (const { cssRules } of root.adoptedStyleSheets)
    for (const rule of cssRules)
      if (rule instanceof CSSMediaRule && rule.conditionText === 'print') rule.media.mediaText = 'not all';
  for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) keepForScreen(shadowRoot);
}

/** All of the conversation is printed: the page has been told beforehand how high that is. */
function unfoldConversation(): void {
  const log = conversation();
  if (!log) return;
  const { scrollTop } = log;
  log.style.maxHeight = 'none';
  addEventListener(
    'afterprint',
    () => {
      log.style.maxHeight = '';
      log.scrollTop = scrollTop;
    },
    { once: true },
  );
}

/** It has its own scroll bar: the demo grows no higher with it. */
async function watchConversation(): Promise<void> {
  await demo.shadowRoot!.querySelector<StepElement>('ftl-atlas-step')?.updateComplete;
  for (const turn of conversation()?.children ?? []) sizes.observe(turn);
}

const conversation = () =>
  demo.shadowRoot!.querySelector('ftl-atlas-step')?.shadowRoot?.querySelector<HTMLElement>('.log');

function tellHeight(): void {
  const { height } = demo.getBoundingClientRect();
  const log = conversation();
  demo.tell({ type: 'height', height, printed: height + (log ? log.scrollHeight - log.clientHeight : 0) });
}

function apply({ name, looks, heading, consent, cta, ctaUrl, ...attributes }: Settings): void {
  const { lang, theme } = attributes;
  document.documentElement.lang = lang;
  document.documentElement.style.colorScheme = theme === 'auto' ? 'light dark' : theme;
  demo.id = name;
  Object.assign(demo, attributes);
  applyLooks(demo, looks);
  demo.replaceChildren(...slotted('heading', heading), ...slotted('consent', consent), ...slotted('cta', cta, ctaUrl));
}

/** Text of the page's for a slot, as a link where it has an address. */
function slotted(slot: string, text: string, url = ''): Element[] {
  if (!text) return [];
  const element = document.createElement(url ? 'a' : 'span');
  element.slot = slot;
  element.textContent = text;
  if (element instanceof HTMLAnchorElement) Object.assign(element, { href: url, target: '_blank', rel: 'noopener' });
  return [element];
}
