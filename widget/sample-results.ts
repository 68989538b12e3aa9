import { chosenSuite } from './selectors.js';
import type { Visit } from './visit.js';

/**
 * Has the server's sample model answer the suite that the page preselects, or else the first one: results to look at
 * without an endpoint or a key. Where the server offers no sample model, the demo begins as ever.
 */
export async function showSampleResults(visit: Visit): Promise<void> {
  const { config, suites } = visit.state;
  const [firstSuite] = suites;
  if (!config?.sampleModel || !firstSuite) return visit.move('domain');
  if (!chosenSuite(visit.state)) visit.choose({ domain: firstSuite.domain, suiteId: null });
  visit.fill(config.sampleModel);
  // A refusal is explained beside the fields of the connection.
  if (!(await visit.connect({ ...config.sampleModel, apiKey: '' }))) return visit.move('connect');
  await visit.move('run');
  if (visit.state.step === 'run') await visit.startRun();
}
