import { html, nothing, type TemplateResult } from 'lit';
import type { Translate } from '../i18n/translate.js';
import type { State } from '../state.js';
import type { Visit } from '../visit.js';
import { button } from './button.js';
import { confirmation, openConfirmation } from './confirm.js';

/** The ways out of a session: starting over, and deleting all of it now. What cannot be undone is confirmed first. */
export function sessionControls(t: Translate, visit: Visit, { session, busy }: State, look = ''): TemplateResult {
  const ask = (id: string) => (event: Event) =>
    openConfirmation((event.currentTarget as HTMLElement).getRootNode() as ShadowRoot, id);
  return html`
    ${button({
      label: t('goodbye.startOver'),
      look: `push ${look}`,
      onClick: session ? ask('start-over') : () => visit.startOver(),
    })}
    ${session ? button({ label: t('goodbye.delete'), look: `danger ${look}`, busy: busy === 'deleting', onClick: ask('delete') }) : nothing}
    ${confirmation({
      id: 'delete',
      title: t('goodbye.deleteTitle'),
      body: t('goodbye.deleteBody'),
      confirm: t('goodbye.deleteConfirm'),
      cancel: t('common.cancel'),
      onConfirm: () => visit.endSession(),
    })}
    ${confirmation({
      id: 'start-over',
      title: t('goodbye.startOverTitle'),
      body: t('goodbye.startOverBody'),
      confirm: t('goodbye.startOverConfirm'),
      cancel: t('common.cancel'),
      onConfirm: () => visit.startOver(),
    })}
  `;
}
