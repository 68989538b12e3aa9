import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { binValues } from './bins.js';

describe('the ranges of a histogram', () => {
  it('are round, adjacent and few', () => {
    expect(binValues([640, 870, 905, 980, 1115, 1240, 1460, 1710, 3890])).to.deep.equal([
      { from: 0, to: 1000, count: 4 },
      { from: 1000, to: 2000, count: 4 },
      { from: 2000, to: 3000, count: 0 },
      { from: 3000, to: 4000, count: 1 },
    ]);
  });

  it('give a value at an edge to the range that begins there', () => {
    expect(binValues([0, 1, 2, 3]).map(({ count }) => count)).to.deep.equal([1, 1, 2]);
  });

  it('are one where all values are the same, and none where there is none', () => {
    expect(binValues([5, 5])).to.deep.equal([{ from: 5, to: 5, count: 2 }]);
    expect(binValues([])).to.deep.equal([]);
  });

  it('count every value once, where it lies', () => {
    const thousandths = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 1000);
    fc.assert(
      fc.property(fc.array(thousandths, { minLength: 1, maxLength: 20 }), (values) => {
        const bins = binValues(values);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).to.equal(values.length);
        expect(bins[0]!.from).to.be.at.most(Math.min(...values));
        expect(bins.at(-1)!.to).to.be.at.least(Math.max(...values));
        expect(bins.length).to.be.at.most(12);
        bins.forEach(({ from, to, count }, at) => {
          const last = at === bins.length - 1;
          const inside = values.filter((value) => value >= from && (value < to || (last && value <= to)));
          expect(count).to.equal(inside.length);
        });
      }),
    );
  });
});
