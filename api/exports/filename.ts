import type { ExportFormat } from '../contract/limits.js';
import { isOver, type Report } from './report.js';

const PART_CHARACTERS = 40;

/** `atlas-<suite or own>-<model>-<date>.<ext>`: ASCII alone, so that it needs no quoting and fits every file system. */
export function fileName({ run, exportedAt }: Report, format: ExportFormat): string {
  const parts = ['atlas', run.suiteId ?? 'own', run.modelId].map(asciiPart);
  const date = (run.startedAt ?? exportedAt).slice(0, 10);
  return `${[...parts, date, ...(isOver(run) ? [] : ['partial'])].join('-')}.${format}`;
}

function asciiPart(text: string): string {
  const ascii = text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .slice(0, PART_CHARACTERS)
    .replace(/^[-.]+|[-.]+$/g, '');
  return ascii === '' ? 'model' : ascii;
}
