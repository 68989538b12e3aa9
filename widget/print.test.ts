import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { useFakeApi, Visitor } from './testing/visitor.js';

describe('on paper', () => {
  const api = useFakeApi();
  let visitor: Visitor;
  const shown = (selector: string) => visitor.all(selector).length;

  beforeEach(async () => {
    visitor = await Visitor.arrive({ theme: 'dark' });
  });
  afterEach(() => emulateMedia({ media: 'screen' }));

  it('a dark demo is dark on light', async () => {
    const ink = () => getComputedStyle(visitor.one('.heading')).color;
    expect(ink()).to.equal('rgb(236, 238, 242)');
    await emulateMedia({ media: 'print' });
    expect(ink()).to.equal('rgb(22, 24, 29)');
  });

  it('a run has every prompt and response, and no controls', async () => {
    await visitor.toFinished(api());
    expect(shown('.texts')).to.equal(0);
    await emulateMedia({ media: 'print' });
    expect(shown('.texts')).to.equal(10);
    expect(shown('button, input, .progress')).to.equal(0);
    expect(visitor.heading).to.equal('The run has finished');
  });

  it('a conversation has all that was said, and no controls', async () => {
    await visitor.toFinished(api());
    await visitor.press('Continue');
    await visitor.fill('Ask Atlas about your results', 'p95 latency?');
    await visitor.press('Send');
    await visitor.sees(() => visitor.text.includes('3,890 ms'), 'the answer');
    await emulateMedia({ media: 'print' });
    const log = visitor.one('[role=log]');
    expect(log.scrollHeight).to.be.at.most(log.clientHeight);
    expect(shown('button:not(.ref), textarea')).to.equal(0);
  });
});
