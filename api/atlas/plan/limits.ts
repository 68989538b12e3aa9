import type { Metric } from '../../contract/answer.js';
import type { MetricName } from '../tags.js';

/** One response is spoken of: its tokens are output tokens. */
export function asField(metric: MetricName): Metric | null {
  if (metric === 'tokens' || metric === 'length') return 'outputTokens';
  if (metric === 'longest' || metric === 'speed' || metric === 'text') return null;
  return metric;
}
