import { LitElement } from 'lit';
import type { Translate } from '../i18n/translate.js';
import type { State } from '../state.js';
import type { Visit } from '../visit.js';
import { reactive } from './reactive.js';

/** A part of the element that shows the visit's state, and asks the visit to act. */
export abstract class VisitElement extends LitElement {
  static override properties = reactive('visit', 'state', 't');

  visit!: Visit;
  state!: State;
  t!: Translate;

  /** Has the element's one status region say something. */
  protected announce(detail: string): void {
    this.#speak('announce', detail);
  }

  /** Has the element's one alert region say what went wrong; empty where that no longer holds. */
  protected alarm(detail: string): void {
    this.#speak('alarm', detail);
  }

  #speak(type: 'announce' | 'alarm', detail: string): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
