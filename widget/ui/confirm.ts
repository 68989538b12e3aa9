import { html, type TemplateResult } from 'lit';

export interface Confirmation {
  id: string;
  title: string;
  body: string;
  confirm: string;
  cancel: string;
  onConfirm: () => void;
}

/**
 * A modal question before something that cannot be undone. The native dialog traps focus, closes on Escape and gives
 * focus back; the first button, the harmless one, is focused. Open it with `openConfirmation`.
 */
export function confirmation({ id, title, body, confirm, cancel, onConfirm }: Confirmation): TemplateResult {
  const close = (event: Event) => (event.currentTarget as HTMLElement).closest('dialog')?.close();
  const accept = (event: Event) => {
    close(event);
    onConfirm();
  };
  return html`<dialog
    id=${id}
    role="alertdialog"
    aria-labelledby="${id}-title"
    aria-describedby="${id}-body"
  >
    <p class="subheading" id="${id}-title">${title}</p>
    <p class="muted" id="${id}-body">${body}</p>
    <div class="dialog-actions">
      <button class="button" type="button" @click=${close}>${cancel}</button>
      <button class="button danger" type="button" @click=${accept}>${confirm}</button>
    </div>
  </dialog>`;
}

export function openConfirmation(root: ParentNode, id: string): void {
  root.querySelector<HTMLDialogElement>(`dialog#${id}`)?.showModal();
}
