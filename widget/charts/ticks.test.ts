import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { niceScale } from './ticks.js';

/** Figures as they are measured: to the thousandth. */
const thousandths = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 1000);
const values = fc.array(thousandths, { minLength: 1, maxLength: 20 });

describe('the scale of an axis', () => {
  it('steps by 1, 2 or 5 times a power of ten', () => {
    expect(niceScale([3890], 4).ticks).to.deep.equal([0, 1000, 2000, 3000, 4000]);
    expect(niceScale([0.27], 4).ticks).to.deep.equal([0, 0.1, 0.2, 0.3]);
    expect(niceScale([640], 4).ticks).to.deep.equal([0, 200, 400, 600, 800]);
    expect(niceScale([-12, 30], 4).ticks).to.deep.equal([-20, 0, 20, 40]);
  });

  it('has an extent even where all values are zero', () => {
    const { min, max } = niceScale([0, 0], 4);
    expect(max).to.be.greaterThan(min);
  });

  it('holds zero and every value, with few steps and equal distances', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 10 }), (numbers, about) => {
        const { min, max, ticks } = niceScale(numbers, about);
        expect(min).to.be.at.most(Math.min(0, ...numbers));
        expect(max).to.be.at.least(Math.max(0, ...numbers));
        expect(ticks).to.include(0);
        expect(ticks.length).to.be.within(2, about + 3);
        const step = ticks[1]! - ticks[0]!;
        ticks.slice(1).forEach((tick, at) => {
          expect(tick - ticks[at]!).to.be.closeTo(step, step * 1e-6);
        });
      }),
    );
  });
});
