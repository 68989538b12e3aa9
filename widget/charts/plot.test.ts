import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { stack } from './dot-plot.js';
import { labelStep, place, shorten } from './plot.js';
import { sortRows } from './sort.js';

describe('placing', () => {
  it('mirrors where text runs right to left', () => {
    expect(place({ width: 100, rtl: false, format: String }, 30, 20)).to.equal(30);
    expect(place({ width: 100, rtl: true, format: String }, 30, 20)).to.equal(50);
  });

  it('shows fewer labels where they would touch', () => {
    const labels = Array.from({ length: 8 }, () => '0.5–1 s');
    expect(labelStep(labels, 100)).to.equal(1);
    expect(labelStep(labels, 30)).to.equal(2);
    expect(labelStep(labels, 10)).to.equal(6);
  });

  it('shortens by characters, not by halves of them', () => {
    expect(shorten('billing', 100)).to.equal('\u2068billing\u2069');
    expect(shorten('😀😀😀😀😀', 20)).to.equal('\u2068😀…\u2069');
  });
});

describe('stacking dots', () => {
  it('lifts only those that would overlap', () => {
    expect(stack([0, 5, 50, 2], 10)).to.deep.equal([0, 1, 0, 2]);
  });

  it('never lets two dots of one level overlap', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 20 }), (positions) => {
        const levels = stack(positions, 13);
        positions.forEach((position, at) => {
          positions.forEach((other, index) => {
            if (index !== at && levels[index] === levels[at]) expect(Math.abs(position - other)).to.be.at.least(13);
          });
        });
      }),
    );
  });
});

describe('sorting a table', () => {
  const rows = [
    ['b', 10],
    ['a', null],
    ['C', 9],
    ['a2', 10],
  ];

  it('compares numbers as numbers, and puts what is missing last either way', () => {
    expect(sortRows(rows, { column: 1, direction: 'ascending' }, 'en').map(([, value]) => value)).to.deep.equal([
      9,
      10,
      10,
      null,
    ]);
    expect(sortRows(rows, { column: 1, direction: 'descending' }, 'en').map(([, value]) => value)).to.deep.equal([
      10,
      10,
      9,
      null,
    ]);
  });

  it('compares words as the language does', () => {
    expect(sortRows(rows, { column: 0, direction: 'ascending' }, 'en').map(([name]) => name)).to.deep.equal([
      'a',
      'a2',
      'b',
      'C',
    ]);
  });

  it('keeps the order of ties', () => {
    expect(sortRows(rows, { column: 1, direction: 'descending' }, 'en').map(([name]) => name)).to.deep.equal([
      'b',
      'a2',
      'C',
      'a',
    ]);
  });
});
