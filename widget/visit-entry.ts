/** What is loaded when the visitor starts: the visit, and its steps all at once, since small scripts compress badly. */
export { Visit } from './visit.js';

import './steps/atlas-step.js';
import './steps/connect-step.js';
import './steps/domain-step.js';
import './steps/goodbye-step.js';
import './steps/run-step.js';
import './ui/banners.js';
import './ui/session-bar.js';
