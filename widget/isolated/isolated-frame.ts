import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Emit, isCancelable } from '../events.js';
import type { Translate } from '../i18n/translate.js';
import { CONNECT, type Method, type Settings, type Shared, type ToFrame } from './messages.js';
import { readLooks } from './read-looks.js';
import { readToPage } from './read-to-page.js';

/** A frame that has loaded answers at once; one that was refused never does. */
const ANSWER_MS = 10_000;

/** Scripts and its own origin, to be a demo at all; files to save; links to providers. Nothing of the page around it. */
const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox';

type Host = ReactiveControllerHost & HTMLElement & Shared & { apiUrl: string };

export interface IsolatedFrameOptions {
  /** What tells the element's session from those of others on the page. */
  name: string;
  t: () => Translate;
  emit: Emit;
  /** The demo does not come: its place is taken for something else until that has been told. */
  onFailed: () => void;
}

/**
 * Shows the demo in a frame of the API's origin, where the page's scripts cannot reach. The two talk over a port that is
 * handed to that origin alone: settings go in; heights and events come out.
 */
export class IsolatedFrame implements ReactiveController {
  readonly #element: Host;
  readonly #options: IsolatedFrameOptions;
  readonly #frame = createFrame();
  readonly #changes = new MutationObserver(() => this.#sendSettings());
  readonly #darkness = matchMedia('(prefers-color-scheme: dark)');
  #port: MessagePort | null = null;
  #sent = '';
  /** What the page has asked for and has not been told the outcome of. */
  readonly #asked = new Map<number, { method: Method; answer: (worked: boolean) => void }>();
  #asks = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heights = { height: 0, printed: 0 };
  readonly #view = new IntersectionObserver(([entry]) => {
    const { intersectionRect, boundingClientRect } = entry!;
    this.#send({ type: 'seen', from: intersectionRect.top - boundingClientRect.top });
  });

  constructor(element: Host, options: IsolatedFrameOptions) {
    this.#element = element;
    this.#options = options;
    this.#frame.addEventListener('load', () => this.#connect());
    element.addController(this);
  }

  hostConnected(): void {
    this.#navigate();
    this.#place();
    // A page changes its looks by a class or an attribute here or there, and the contents of the slots.
    for (const root of [document.documentElement, document.body]) this.#changes.observe(root, { attributes: true });
    this.#changes.observe(this.#element, {
      attributes: true,
      attributeFilter: ['class', 'style'],
      childList: true,
      characterData: true,
      subtree: true,
    });
    this.#darkness.addEventListener('change', this.#sendSettings);
    addEventListener('resize', this.#sendSettings);
    addEventListener('scroll', this.#lookAgain, { capture: true });
    addEventListener('beforeprint', this.#setForPaper);
    addEventListener('afterprint', this.#setForScreen);
  }

  hostDisconnected(): void {
    this.#changes.disconnect();
    this.#darkness.removeEventListener('change', this.#sendSettings);
    removeEventListener('resize', this.#sendSettings);
    removeEventListener('scroll', this.#lookAgain, { capture: true });
    removeEventListener('beforeprint', this.#setForPaper);
    removeEventListener('afterprint', this.#setForScreen);
    this.#view.disconnect();
    clearTimeout(this.#timer);
    this.#port?.close();
    this.#port = null;
    this.#frame.remove();
  }

  hostUpdated(): void {
    this.#navigate();
    this.#place();
    this.#sendSettings();
  }

  /** Puts the frame where the element has a place for it; there it loads its page, each time anew. */
  #place(): void {
    const place = this.#element.shadowRoot!.getElementById('place');
    if (!place || this.#frame.parentNode === place) return;
    place.prepend(this.#frame);
  }

  /** Has the element in the frame do something, as soon as it is there; resolves with whether that worked. */
  ask(method: Method): Promise<boolean> {
    return new Promise((answer) => {
      this.#asks += 1;
      this.#asked.set(this.#asks, { method, answer });
      this.#send({ type: 'ask', id: this.#asks, method });
    });
  }

  #navigate(): void {
    const t = this.#options.t();
    Object.assign(this.#frame, { title: t('shell.label'), lang: t.lang });
    const address = `${this.#address()}#${encodeURIComponent(location.origin)}`;
    if (this.#frame.src !== address) this.#frame.src = address;
  }

  #address(): string {
    return new URL(`${this.#element.apiUrl.replace(/\/+$/, '')}/frame`, document.baseURI).href;
  }

  /** Hands the port to the page that has just loaded; to no other origin, should it be another page. */
  #connect(): void {
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#receive(data);
    const settings = this.#settings();
    this.#sent = JSON.stringify(settings);
    for (const [id, { method }] of this.#asked) this.#send({ type: 'ask', id, method });
    this.#frame.contentWindow!.postMessage({ type: CONNECT, settings }, new URL(this.#address()).origin, [port2]);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail(), ANSWER_MS);
  }

  /** Another frame may be tried; of this one nothing is to be expected. */
  #fail(): void {
    this.hostDisconnected();
    this.#element.removeController(this);
    for (const { answer } of this.#asked.values()) answer(false);
    this.#options.onFailed();
  }

  /** The frame takes the place of what held it. */
  #show(heights: { height: number; printed: number }): void {
    clearTimeout(this.#timer);
    this.#heights = heights;
    this.#frame.style.height = `${heights.height}px`;
    this.#frame.nextElementSibling?.remove();
    this.#lookAgain();
  }

  /** What sticks in the frame does so where it is seen, though the frame itself never scrolls. */
  readonly #lookAgain = (): void => {
    this.#view.unobserve(this.#frame);
    this.#view.observe(this.#frame);
  };

  /** On paper the frame is as wide as on the screen: the height that it has been told is for that width. */
  readonly #setForPaper = (): void => {
    Object.assign(this.#frame.style, { width: `${this.#frame.clientWidth}px`, height: `${this.#heights.printed}px` });
  };

  readonly #setForScreen = (): void => {
    Object.assign(this.#frame.style, { width: '100%', height: `${this.#heights.height}px` });
  };

  #receive(data: unknown): void {
    const message = readToPage(data);
    if (message?.type === 'height') this.#show(message);
    if (message?.type === 'done') {
      this.#asked.get(message.id)?.answer(message.worked);
      this.#asked.delete(message.id);
    }
    if (message?.type === 'event') {
      const allowed = this.#options.emit(message.name, message.detail) === true;
      if (isCancelable(message.name)) this.#send({ type: 'verdict', id: message.id, allowed });
    }
  }

  readonly #sendSettings = (): void => {
    if (!this.#port) return;
    const settings = this.#settings();
    const text = JSON.stringify(settings);
    if (text === this.#sent) return;
    this.#sent = text;
    this.#send({ type: 'settings', settings });
  };

  #send(message: ToFrame): void {
    this.#port?.postMessage(message);
  }

  #settings(): Settings {
    const element = this.#element;
    const { theme, domain, suite, endpointUrl, modelId, signupUrl, privacyUrl, persist, headingLevel } = element;
    const link = element.querySelector<HTMLAnchorElement>(':scope > [slot=cta] a[href], :scope > a[slot=cta][href]');
    return {
      name: this.#options.name,
      theme,
      lang: this.#options.t().lang,
      domain,
      suite,
      endpointUrl,
      modelId,
      signupUrl: absolute(signupUrl),
      privacyUrl: absolute(privacyUrl),
      persist,
      headingLevel,
      heading: slotText(element, 'heading'),
      consent: slotText(element, 'consent'),
      cta: slotText(element, 'cta'),
      ctaUrl: link?.href ?? '',
      looks: readLooks(element),
    };
  }
}

const absolute = (url: string): string =>
  url && URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI).href : '';

function createFrame(): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', SANDBOX);
  frame.allow = 'clipboard-write';
  frame.referrerPolicy = 'no-referrer';
  Object.assign(frame.style, { display: 'block', width: '100%', height: '0', border: '0', borderRadius: 'inherit' });
  return frame;
}

const slotText = (element: Element, slot: string): string =>
  [...element.querySelectorAll(`:scope > [slot=${slot}]`)]
    .map(({ textContent }) => textContent!.replace(/\s+/g, ' ').trim())
    .join(' ');
