import { html, type TemplateResult } from 'lit';

/** A prompt's number that opens the prompt: the step listens for `open-row`. */
export function promptReference(number: number): TemplateResult {
  return html`<button type="button" class="ref" aria-haspopup="dialog" @click=${openRow} value=${number}>#${number}</button>`;
}

function openRow(event: Event): void {
  const button = event.currentTarget as HTMLButtonElement;
  button.dispatchEvent(new CustomEvent('open-row', { detail: Number(button.value), bubbles: true, composed: true }));
}
