/** What is shown before the visitor starts: the only strings in the script that a page loads. */
export const enShell = {
  'shell.label': 'FineTuneLab Atlas demo',
  'shell.steps': 'Progress of the demo',
  'shell.step': 'Step {step} of {steps}',
  'step.welcome': 'Welcome',
  'step.domain': 'Domain',
  'step.connect': 'Connect',
  'step.run': 'Test',
  'step.atlas': 'Atlas',
  'step.goodbye': 'Export',
  'welcome.title': 'Test your fine-tuned model and explore results with Atlas',
  'welcome.lead':
    'Send a short batch of prompts to your own endpoint, watch how fast and how completely it answers, then ask about the results in plain language.',
  'welcome.time': 'About two minutes',
  'welcome.timeDetail': 'No account, nothing to install.',
  'welcome.calls': 'A handful of short calls',
  'welcome.callsDetail': 'To your endpoint, at your provider’s price. Sample results need no endpoint and no key.',
  'welcome.key': 'Your key is deleted',
  'welcome.keyDetail': 'It is encrypted for this one run and deleted the moment the run ends.',
  'welcome.consent':
    'Prompts, answers and measurements are kept for at most an hour, visible to you alone, and you can delete them at any time.',
  'welcome.start': 'Start Demo',
  'welcome.sample': 'See Sample Results',
  'welcome.resume': 'Back to My Session',
  'welcome.privacy': 'Privacy',
  'welcome.failed': 'The demo could not be loaded. Check your connection, then try again.',
} as const;
