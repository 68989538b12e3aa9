import { expect } from '@open-wc/testing';
import type { Settings } from './messages.js';
import { readToFrame } from './read-to-frame.js';
import { readToPage } from './read-to-page.js';

const settingsOf = (settings: Record<string, unknown>): Settings => {
  const message = readToFrame({ type: 'settings', settings });
  if (message?.type !== 'settings') throw new Error('These are no settings');
  return message.settings;
};

describe('what a page tells its frame', () => {
  it('arrives as it is where it is what it should be', () => {
    const settings = settingsOf({ theme: 'dark', lang: 'de', domain: 'qa_knowledge', headingLevel: 3, heading: 'Hi' });
    expect(settings).to.deep.include({
      theme: 'dark',
      lang: 'de',
      domain: 'qa_knowledge',
      headingLevel: 3,
      heading: 'Hi',
    });
  });

  it('is no link but one to the web', () => {
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'blob:https://a.example/1', 'nonsense', 7])
      expect(settingsOf({ signupUrl: url, privacyUrl: url, ctaUrl: url })).to.deep.include({
        signupUrl: '',
        privacyUrl: '',
        ctaUrl: '',
      });
    expect(settingsOf({ ctaUrl: 'https://a.example/' }).ctaUrl).to.equal('https://a.example/');
  });

  it('falls back field by field, and drops what is unknown', () => {
    const settings = settingsOf({
      theme: 'blinking',
      persist: 'always',
      headingLevel: 77,
      modelId: { toString: () => 'x' },
      heading: 'x'.repeat(100_000),
      innerHTML: '<img>',
      looks: { rootFontSize: Number.NaN, windowHeight: -5, minHeight: '1', properties: { '--ftl-text': 5 } },
    });
    expect(settings).to.deep.include({ theme: 'auto', persist: 'session', headingLevel: 2, modelId: '' });
    expect(settings.heading.length).to.equal(2_000);
    expect(settings).not.to.have.property('innerHTML');
    expect(settings.looks).to.deep.equal({
      rootFontSize: 16,
      windowHeight: 800,
      minHeight: 0,
      properties: { '--ftl-text': '' },
    });
  });

  it('is one of the methods, and no other', () => {
    expect(readToFrame({ type: 'ask', id: 1, method: 'endSession' })).to.deep.equal({
      type: 'ask',
      id: 1,
      method: 'endSession',
    });
    for (const method of ['remove', 'constructor', 'emit', undefined])
      expect(readToFrame({ type: 'ask', id: 1, method })).to.equal(null);
  });

  it('is a place in the frame that is seen', () => {
    expect(readToFrame({ type: 'seen', from: 120.5 })).to.deep.equal({ type: 'seen', from: 120.5 });
    for (const from of [-5, '1', Number.NaN])
      expect(readToFrame({ type: 'seen', from })).to.deep.equal({ type: 'seen', from: 0 });
  });

  it('is nothing where it is no message', () => {
    for (const data of [null, undefined, 'settings', 5, [], {}, { type: 'settings' }, { type: 'verdict', id: '1' }])
      expect(readToFrame(data)).to.equal(null);
    expect(readToFrame({ type: 'verdict', id: 1, allowed: 'yes' })).to.deep.equal({
      type: 'verdict',
      id: 1,
      allowed: false,
    });
  });
});

describe('what a frame tells its page', () => {
  it('is a height within reason', () => {
    expect(readToPage({ type: 'height', height: 612.2 })).to.deep.equal({
      type: 'height',
      height: 613,
      printed: 613,
    });
    expect(readToPage({ type: 'height', height: 612, printed: 900.5 })).to.deep.include({ printed: 901 });
    for (const height of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e9, '100', null])
      expect(readToPage({ type: 'height', height })).to.equal(null);
  });

  it('is an event with its own fields, and never another', () => {
    const detail = { modelId: 'm', latencyMs: 5, apiKey: 'sk-secret', token: 'secret' };
    expect(readToPage({ type: 'event', id: 1, name: 'ftl-connected', detail })).to.deep.equal({
      type: 'event',
      id: 1,
      name: 'ftl-connected',
      detail: { modelId: 'm', latencyMs: 5 },
    });
  });

  it('is no event that the element does not have', () => {
    for (const name of ['click', '__proto__', 'constructor', 'ftl-other', 5])
      expect(readToPage({ type: 'event', id: 1, name, detail: {} })).to.equal(null);
  });

  it('is what became of a method', () => {
    expect(readToPage({ type: 'done', id: 1, worked: 'yes' })).to.deep.equal({ type: 'done', id: 1, worked: false });
    expect(readToPage({ type: 'done', id: '1', worked: true })).to.equal(null);
  });

  it('has no field that is more than a word or a number', () => {
    const detail = { id: { toString: () => 'x' }, kind: 'x'.repeat(5_000) };
    expect(readToPage({ type: 'event', id: 1, name: 'ftl-answer', detail })).to.deep.include({ detail: {} });
  });
});
