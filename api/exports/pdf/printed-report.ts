import { UNCATEGORISED } from '../../contract/limits.js';
import type { Row } from '../../contract/row.js';
import { type Note, textFlags } from '../../results/flags.js';
import { FLAGS } from '../../results/summary.js';
import { FLAG_LABELS } from '../labels.js';
import type { Report } from '../report.js';
import { printable, printableLine } from './printable.js';

/** The report is a summary with samples: whoever wants every character takes another format. */
const PROMPT_CHARACTERS = 600;
const RESPONSE_CHARACTERS = 1_500;
const LINE_CHARACTERS = 200;

export interface PrintedRow {
  row: Row;
  category: string;
  prompt: string;
  response: string | null;
  error: string | null;
  /** A line for each flag and remark, with what triggered it. */
  remarks: string[];
}

/** The report with all foreign text made fit for print, and what its fonts must be able to draw. */
export interface PrintedReport {
  report: Report;
  modelId: string;
  endpointHost: string;
  suiteName: string;
  /** In the order of the summary's categories. */
  categories: string[];
  rows: PrintedRow[];
  texts: string[];
  boldTexts: string[];
}

export function forPrint(report: Report): PrintedReport {
  const line = (text: string) => printableLine(text, LINE_CHARACTERS);
  const rows = report.rows.map(printedRow);
  const modelId = line(report.session.model.modelId);
  const endpointHost = line(report.endpointHost);
  const suiteName = line(report.suiteName);
  const categories = report.summary.categories.map(({ category }) => line(category ?? UNCATEGORISED));
  return {
    report,
    modelId,
    endpointHost,
    suiteName,
    categories,
    rows,
    texts: [
      modelId,
      endpointHost,
      suiteName,
      ...categories,
      ...rows.flatMap(({ category, prompt, response, error, remarks }) => [
        category,
        prompt,
        response ?? '',
        error ?? '',
        ...remarks,
      ]),
    ],
    boldTexts: [modelId, endpointHost, suiteName, ...rows.map(({ prompt }) => prompt)],
  };
}

function printedRow(row: Row): PrintedRow {
  return {
    row,
    category: printableLine(row.category ?? UNCATEGORISED, LINE_CHARACTERS),
    prompt: printable(row.prompt, PROMPT_CHARACTERS),
    response: row.response === null ? null : printable(row.response, RESPONSE_CHARACTERS),
    error: row.error === null ? null : printableLine(`${row.error.type}: ${row.error.message}`, 2 * LINE_CHARACTERS),
    remarks: remarksOf(row).map((remark) => printableLine(remark, LINE_CHARACTERS)),
  };
}

/** What triggered the heuristics is not kept with the row: it is read from the text again. */
function notesOf(row: Row): readonly Note[] {
  if (row.status !== 'ok') return [];
  const facts = { finishReason: row.finishReason, outputTokens: null, maxTokens: Number.POSITIVE_INFINITY };
  return textFlags(row.response ?? '', facts).notes;
}

function remarksOf(row: Row): string[] {
  const notes = notesOf(row);
  const reasonFor = (flag: string) =>
    flag === 'incomplete' ? row.incompleteReasons.join('; ') : notes.find((note) => note.about === flag)?.reason;
  const flags = FLAGS.filter((flag) => row[flag]).map((flag) => withReason(FLAG_LABELS[flag], reasonFor(flag)));
  const repetition = notes.find((note) => note.about === 'repetition');
  return repetition === undefined ? flags : [...flags, withReason('Repeats itself (heuristic)', repetition.reason)];
}

function withReason(label: string, reason: string | undefined): string {
  return reason ? `${label}: ${reason}` : label;
}
