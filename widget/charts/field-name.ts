import type { Metric } from '../../api/contract/answer.js';
import { wordsFor } from '../causes.js';
import type { StringKey, Translate } from '../i18n/translate.js';

/**
 * Answers name figures as rows do; people read them in their language, with the unit where it is not the name:
 * "latencyMs" → "Latency (ms)", "mean latencyMs" → "mean · Latency (ms)"; any other name stays as it is.
 */
export function fieldName(name: string, t: Translate): string {
  const [, aggregate, metric] = /^(?:(\S+) )?(\w+)$/.exec(name) ?? [];
  const words = metric && wordsFor(t, `metric.${metric as Metric}`);
  if (!words) return name;
  const unit = metric.endsWith('Ms') ? ' (ms)' : '';
  return [aggregate && aggregateName(aggregate, t), words + unit].filter(Boolean).join(' · ');
}

/** "stddev" → "standard deviation"; percentiles are called the same in every language. */
export function aggregateName(aggregate: string, t: Translate): string {
  return /^p[\d.]+$/.test(aggregate) ? aggregate : t(`aggregate.${aggregate}` as StringKey);
}
