/** What is loaded when the visitor starts. */
export { Visit } from './visit.js';

import './ui/banners.js';
import './ui/session-bar.js';
