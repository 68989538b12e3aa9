// Lists the example's events on the page: what an analytics script would see.
const example = document.getElementById('docs-example');
const log = document.getElementById('events-log');
const lines = [];

for (const type of [
  'ftl-step',
  'ftl-connected',
  'ftl-run-finished',
  'ftl-answer',
  'ftl-export',
  'ftl-exported',
  'ftl-signup',
  'ftl-cleaned-up',
  'ftl-error',
]) {
  example.addEventListener(type, (event) => {
    lines.push(`${event.type} ${JSON.stringify(event.detail)}`);
    log.textContent = lines.join('\n');
  });
}
