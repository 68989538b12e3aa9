/** What is loaded when the visitor starts: the visit, and its steps all at once, since small scripts compress badly. */
export { Visit } from './visit.js';

// All styles first, which makes the script smaller: a style sheet compresses best beside others.
import './charts/chart.styles.js';
import './charts/data-table.styles.js';
import './chat/composer.styles.js';
import './chat/conversation.styles.js';
import './chat/row-dialog.styles.js';
import './steps/export-step.styles.js';
import './styles/banners.js';
import './styles/connect.js';
import './styles/core.js';
import './styles/dialog.js';
import './styles/domain.js';
import './styles/forms.js';
import './styles/ghost-button.js';
import './styles/goodbye.js';
import './styles/run.js';
import './styles/session-bar.js';

// In this order the script is smallest.
import './ui/session-bar.js';
import './ui/banners.js';
import './steps/run-step.js';
import './steps/goodbye-step.js';
import './steps/domain-step.js';
import './steps/connect-step.js';
import './steps/atlas-step.js';
