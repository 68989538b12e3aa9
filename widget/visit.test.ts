import { aTimeout, expect } from '@open-wc/testing';
import { useFakeApi, Visitor } from './testing/visitor.js';

describe('another session on the same page', () => {
  const api = useFakeApi();

  it('is followed from its first event', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toFinished(api());
    expect(await visitor.element.startOver()).to.equal(true);
    await visitor.press('Continue');
    await visitor.press('Use the Sample Model');
    await visitor.press('Continue');
    await visitor.press('Run Batch Test');
    await visitor.reaches('Your model is answering');
    await visitor.sees(() => api().openSockets === 1, 'a socket');
    api().finishPrompt();
    await visitor.sees(() => visitor.text.includes('1 of 10'), 'the first result');
  });
});

describe('an answer that comes late', () => {
  const api = useFakeApi();
  let visitor: Visitor;
  const held = new Map<string, Promise<void>>();

  beforeEach(async () => {
    const { fetch } = window;
    window.fetch = async (address, request) => {
      const ending = [...held.keys()].find((path) => String(address).endsWith(path));
      const released = held.get(ending ?? '');
      if (ending) held.delete(ending);
      const response = await fetch(address, request);
      await released;
      return response;
    };
    visitor = await Visitor.arrive();
  });

  /** Holds back the answer to the next request to a path that ends so; returns what lets it go. */
  const hold = (ending: string) => {
    let release = () => {};
    held.set(
      ending,
      new Promise((resolve) => {
        release = resolve;
      }),
    );
    return async () => {
      release();
      await aTimeout(20);
    };
  };
  const beginAgain = async () => {
    await visitor.press('Continue');
    await visitor.reaches('Connect your model');
    await visitor.press('Use the Sample Model');
    await visitor.sees(() => visitor.text.includes('The connection works.'), 'the connection');
  };
  const expectSession = async () => {
    expect(sessionStorage.length).to.equal(1);
    expect(visitor.text).not.to.contain('This session has ended.');
    await visitor.press('Continue');
    await visitor.press('Run Batch Test');
    await visitor.reaches('Your model is answering');
  };

  it('proves a deletion on its receipt alone, and leaves the next session be', async () => {
    await visitor.toGoodbye(api());
    const prove = hold('/session');
    await visitor.press('Delete My Data');
    await visitor.press('Yes, Delete');
    await visitor.reaches('All done. Nothing of yours is left here.');
    expect(sessionStorage.length).to.equal(0);
    await visitor.press('Start Over');
    await visitor.reaches('What is your model for?');
    await beginAgain();
    await prove();
    await expectSession();
  });

  it('does not prove the deletion of the next session', async () => {
    await visitor.toRun();
    const prove = hold('/session');
    expect(await visitor.element.startOver()).to.equal(true);
    await visitor.reaches('What is your model for?');
    await beginAgain();
    const proveNext = hold('/session');
    await visitor.element.endSession();
    await visitor.reaches('All done. Nothing of yours is left here.');
    await prove();
    expect(visitor.text).not.to.contain('the server refused it (401)');
    await proveNext();
    expect(visitor.text).to.contain('the server refused it (401)');
  });

  it('throws nobody back who has gone on after starting over', async () => {
    await visitor.toRun();
    const prove = hold('/session');
    expect(await visitor.element.startOver()).to.equal(true);
    await visitor.press('Continue');
    await visitor.reaches('Connect your model');
    await prove();
    expect(visitor.heading).to.equal('Connect your model');
  });

  it('does not end the next session by refusing the token of the last', async () => {
    await visitor.toRun();
    api().refusals.set('/batch-test', { code: 'session_invalid', status: 401 });
    const refuse = hold('/batch-test');
    await visitor.press('Run Batch Test');
    expect(await visitor.element.startOver()).to.equal(true);
    await beginAgain();
    await refuse();
    expect(sessionStorage.length).to.equal(1);
  });

  it('brings no session back that has been deleted meanwhile', async () => {
    await visitor.toRunning();
    await visitor.sees(() => api().openSockets === 1, 'a socket');
    const tell = hold('/session');
    api().finishRun();
    await visitor.reaches('The run has finished');
    expect(await visitor.element.endSession()).to.equal(true);
    await visitor.reaches('All done. Nothing of yours is left here.');
    await tell();
    expect(visitor.button('Delete My Data')).to.equal(undefined);
  });

  it('takes up no model for a session that has been deleted meanwhile', async () => {
    await visitor.toRun();
    await visitor.press('Back');
    await visitor.reaches('Connect your model');
    const connect = hold('/configure');
    await visitor.press('Test Connection');
    expect(await visitor.element.endSession()).to.equal(true);
    await connect();
    expect(visitor.button('Delete My Data')).to.equal(undefined);
    expect(sessionStorage.length).to.equal(0);
  });
});
