import { readNumber, readOrdinal } from '../numbers.js';
import { type Token, text } from '../tokens.js';
import type { Literal } from './literal.js';

export function percentiles(tokens: readonly Token[], at: number): Literal | null {
  return (
    shortPercentile(tokens, at) ?? quantile(tokens, at) ?? namedPercentile(tokens, at) ?? listedPercentiles(tokens, at)
  );
}

/** "p95", "p 95", "p99.9", "tp90", "p ninety five". */
function shortPercentile(tokens: readonly Token[], at: number): Literal | null {
  const digits = /^t?p(\d{0,3})(th)?$/.exec(text(tokens, at))?.[1];
  if (digits === undefined) return null;
  if (digits === '') return numberAt(tokens, at + 1);
  const decimals = /^\.\d+$/.exec(text(tokens, at + 1))?.[0] ?? '';
  return percentileTag([Number(digits + decimals)], decimals === '' ? at + 1 : at + 2);
}

/** "quantile(.75)", "0.9 quantile". */
function quantile(tokens: readonly Token[], at: number): Literal | null {
  const named = QUANTILE.test(text(tokens, at));
  let start = named ? at + 1 : at;
  while (named && /^([(:]|of|at)$/.test(text(tokens, start))) start += 1;
  const read = tokens[start]?.kind === 'number' ? readNumber(tokens, start) : null;
  if (!read || read.value > 1 || !(named || QUANTILE.test(text(tokens, read.end)))) return null;
  return percentileTag([Math.round(read.value * 1e4) / 100], named ? read.end : read.end + 1);
}

const QUANTILE = /^quantiles?$/;
const PERCENTILE = /^(percentiles?|pctls?|pctile|pctl|centiles?|ptile|percentil|percentille|perzentil|%ile|ile)$/;

/** "percentile 95". */
const namedPercentile = (tokens: readonly Token[], at: number) =>
  PERCENTILE.test(text(tokens, at)) || text(tokens, at) === 'perc' ? numberAt(tokens, at + 1) : null;

const SEPARATOR = /^(,|\/|and|&)$/;
const MOST_LISTED = 8;

/** "95th percentile", "25/50/75 percentiles", "ninety fifth pctl", "90% line". */
function listedPercentiles(tokens: readonly Token[], at: number): Literal | null {
  const values: number[] = [];
  let end = at;
  while (values.length < MOST_LISTED) {
    const read = readOrdinal(tokens, end) ?? readNumber(tokens, end);
    if (!read) return null;
    values.push(read.value);
    end = read.end;
    while (/^(%|-|th)$/.test(text(tokens, end))) end += 1;
    const line = text(tokens, end - 1) === '%' && /^lines?$/.test(text(tokens, end));
    if (line || PERCENTILE.test(text(tokens, end))) return percentileTag(values, end + 1);
    if (!SEPARATOR.test(text(tokens, end))) return null;
    while (SEPARATOR.test(text(tokens, end))) end += 1;
    if (text(tokens, end) === 'the') end += 1;
  }
  return null;
}

function numberAt(tokens: readonly Token[], at: number): Literal | null {
  const read = readNumber(tokens, at);
  return read && percentileTag([read.value], read.end);
}

function percentileTag(values: readonly number[], end: number): Literal | null {
  if (values.some((value) => value > 100)) return null;
  return { tag: { kind: 'aggregate', aggregates: values.map((value) => `p${value}`) }, end };
}
