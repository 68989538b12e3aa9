import { expect } from '@open-wc/testing';
import { PROBLEMS } from '../../api/contract/errors.js';
import { ar } from './ar.js';
import { de } from './de.js';
import { en as enVisit } from './en.js';
import { enOwn } from './en-own.js';
import { enSettings } from './en-settings.js';
import { loadDictionary, supportedLanguage } from './load.js';
import { createTranslate, type Dictionary, type Entry } from './translate.js';

const en = { ...enVisit, ...enOwn, ...enSettings };
/** In English the server says itself why it refuses something. */
const serverSays = Object.keys(PROBLEMS).map((code) => `error.${code}`);
const all = [...new Set([...Object.keys(en), ...serverSays])].sort();
const LANGUAGES: Record<string, Partial<Dictionary>> = { en, de, ar };
const forms = (entry: Entry): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry));
const placeholders = (entry: Entry): string[] =>
  [...new Set(forms(entry).flatMap((form) => form.match(/\{\w+\}/g) ?? []))]
    .filter((name) => name !== '{count}')
    .sort();

describe('the languages', () => {
  for (const [lang, dictionary] of Object.entries(LANGUAGES)) {
    it(`have every string, none empty, none too many: ${lang}`, () => {
      expect(Object.keys(dictionary).sort()).to.deep.equal(lang === 'en' ? Object.keys(en).sort() : all);
      expect(
        Object.values(dictionary)
          .flatMap(forms)
          .filter((form) => form.trim() === ''),
      ).to.deep.equal([]);
    });

    it(`have the same placeholders as English: ${lang}`, () => {
      for (const [key, entry] of Object.entries(en)) {
        expect(placeholders(dictionary[key as keyof typeof en]!), key).to.deep.equal(placeholders(entry));
      }
    });

    it(`have a plural form for every number: ${lang}`, () => {
      const t = createTranslate(lang, dictionary);
      for (const count of [0, 1, 2, 3, 11, 100]) {
        expect(t('common.prompts', { count })).not.to.match(/[{}]|undefined/);
      }
    });

    it(`can be loaded: ${lang}`, async () =>
      expect(await loadDictionary(lang)).to.equal(lang === 'en' ? enVisit : dictionary));
  }

  it('are chosen by the first part of the tag, English where there is no other', async () => {
    expect(supportedLanguage('de-AT')).to.equal('de-AT');
    expect(supportedLanguage('fr')).to.equal('en');
    expect(await loadDictionary('ar-EG')).to.equal(ar);
  });
});

describe('a translation', () => {
  const t = createTranslate('en', en);

  it('fills in values, numbers the way of the language', () => {
    expect(t('run.done', { done: 1_234, total: 5_000 })).to.equal('1,234 of 5,000');
    expect(createTranslate('de', de)('run.done', { done: 1_234, total: 5_000 })).to.equal('1.234 von 5.000');
  });

  it('chooses the plural form', () => {
    expect(t('common.prompts', { count: 1 })).to.equal('1 prompt');
    expect(t('common.prompts', { count: 2 })).to.equal('2 prompts');
    expect(createTranslate('ar', ar)('common.prompts', { count: 2 })).to.equal('طلبان');
  });

  it('leaves braces in a value alone', () => {
    expect(t('own.count', { count: 2, format: '{count}' })).to.contain('({count})');
  });

  it('says lengths of time for a person', () => {
    expect(t.duration(840)).to.equal('840\u00a0ms');
    expect(t.duration(2_400)).to.equal('2.4\u00a0sec');
    expect(t.duration(65_000)).to.equal('1\u00a0min 5\u00a0sec');
    expect(t.duration(120_000)).to.equal('2\u00a0min 0\u00a0sec');
  });

  it('never parts a number from its unit', () => {
    for (const [lang, dictionary] of Object.entries(LANGUAGES)) {
      const t = createTranslate(lang, dictionary);
      expect(t.duration(840) + t.duration(14_010), lang).not.to.contain(' ');
    }
  });

  it('knows the direction of its script', () => {
    expect(t.dir).to.equal('ltr');
    expect(createTranslate('ar', ar).dir).to.equal('rtl');
  });

  it('survives a language tag that is none', () => {
    expect(createTranslate('not a tag!', en).lang).to.equal('en');
  });
});
