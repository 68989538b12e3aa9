import { fixture, html, waitUntil } from '@open-wc/testing';
import '../define.js';
import type { FtlAtlasDemo } from '../define.js';
import { FakeApi } from './fake-api.js';

export const API_URL = 'https://demo.example';

/** Drives the element as a person does: by what can be seen and is named. */
export class Visitor {
  constructor(readonly element: FtlAtlasDemo) {}

  static async arrive(attributes: Record<string, string> = {}): Promise<Visitor> {
    const element = document.createElement('ftl-atlas-demo');
    const all = { id: 'under-test', 'api-url': API_URL, lang: 'en', ...attributes };
    for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
    await fixture(html`${element}`);
    const visitor = new Visitor(element);
    await visitor.sees(() => visitor.all('.heading')[0], 'a heading');
    return visitor;
  }

  /** Everything in the element's open shadow trees that is rendered. */
  all<T extends HTMLElement = HTMLElement>(selector: string): T[] {
    return deep<T>(this.element.shadowRoot!, selector).filter((found) => found.checkVisibility());
  }

  one<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.all<T>(selector)[0];
    if (!found) throw new Error(`There is no ${selector}`);
    return found;
  }

  get heading(): string {
    return this.all('.heading')[0]?.textContent?.trim() ?? '';
  }

  /** All that can be read, however deep in shadow trees. */
  get text(): string {
    return deep(this.element.shadowRoot!, '*')
      .filter((part) => part.matches('slot') || part.checkVisibility())
      .flatMap((part) => [...part.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE))
      .map((node) => node.textContent)
      .join(' ')
      .replace(/\s+/g, ' ');
  }

  button(name: string): HTMLElement | undefined {
    return this.all('button, a.button').find((button) => nameOf(button) === name);
  }

  field<T extends HTMLElement = HTMLInputElement>(label: string): T {
    const found = this.all<HTMLLabelElement>('label').find((candidate) => candidate.textContent?.trim() === label);
    return (found?.control ?? found?.querySelector('input')) as unknown as T;
  }

  async press(name: string): Promise<void> {
    await this.sees(() => this.button(name), `a button “${name}”`);
    this.button(name)!.click();
  }

  async choose(name: string): Promise<void> {
    const radio = () => this.all<HTMLInputElement>('input[type=radio]').find((input) => nameOf(input) === name);
    await this.sees(radio, `a radio “${name}”`);
    radio()!.click();
  }

  async fill(label: string, value: string): Promise<void> {
    await this.sees(() => this.field(label), `a field “${label}”`);
    const field = this.field(label);
    field.focus();
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    field.blur();
    await this.element.updateComplete;
  }

  async sees(what: () => unknown, name = 'it'): Promise<void> {
    await waitUntil(() => what(), `${name} did not appear`, { timeout: 8_000, interval: 10 });
  }

  /** The element once nothing in it moves: what fades in has too little contrast on its way. */
  async atRest(): Promise<FtlAtlasDemo> {
    await this.element.updateComplete;
    await Promise.all(this.all('.content > *').flatMap((part) => part.getAnimations().map(({ finished }) => finished)));
    return this.element;
  }

  async reaches(heading: string): Promise<void> {
    await this.sees(() => this.heading === heading, `the heading “${heading}” (there is “${this.heading}”)`);
  }

  async toDomain(): Promise<void> {
    await this.press('Start Demo');
    await this.reaches('What is your model for?');
  }

  async toConnect(): Promise<void> {
    await this.toDomain();
    await this.choose('Customer Support');
    await this.press('Continue');
    await this.reaches('Connect your model');
  }

  async toRun(): Promise<void> {
    await this.toConnect();
    await this.press('Use the Sample Model');
    await this.press('Continue');
    await this.reaches('Run the batch test');
  }

  async toRunning(): Promise<void> {
    await this.toRun();
    await this.press('Run Batch Test');
    await this.reaches('Your model is answering');
  }

  async toFinished(api: FakeApi): Promise<void> {
    await this.toRunning();
    await this.sees(() => api.openSockets === 1, 'a socket');
    for (let count = 0; count < 10; count += 1) api.finishPrompt();
    api.finishRun();
    await this.reaches('The run has finished');
  }

  async toGoodbye(api: FakeApi): Promise<void> {
    await this.toFinished(api);
    await this.press('Continue');
    await this.reaches('Explore your results with Atlas');
    await this.press('Continue');
    await this.reaches('Take your results with you');
  }
}

export function deep<T extends Element = HTMLElement>(root: ParentNode, selector: string): T[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element.matches(selector) ? [element as unknown as T] : []),
    ...(element.shadowRoot ? deep<T>(element.shadowRoot, selector) : []),
  ]);
}

/** The element that has the focus, however deep in shadow trees. */
export function focused(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

function nameOf(element: HTMLElement): string {
  const labelledBy = element.getAttribute('aria-labelledby');
  const root = element.getRootNode() as ShadowRoot;
  const named = labelledBy ? root.getElementById(labelledBy) : element;
  return named?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

/** A fake API for each test of a suite, in place of the network. */
export function useFakeApi(): () => FakeApi {
  let api: FakeApi;
  beforeEach(() => {
    sessionStorage.clear();
    api = new FakeApi().install();
  });
  afterEach(() => api.restore());
  return () => api;
}
