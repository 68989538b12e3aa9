import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { toTsv } from './tsv.js';

describe('a table for the clipboard', () => {
  it('has a line for each row and a tab between cells', () => {
    expect(
      toTsv({
        columns: ['#', 'ok'],
        rows: [
          [1, true],
          [2, null],
        ],
      }),
    ).to.equal('#\tok\n1\ttrue\n2\t');
  });

  it('keeps numbers below zero as numbers', () => {
    expect(toTsv({ columns: ['n'], rows: [[-5]] })).to.equal('n\n-5');
  });

  it('lets no text become a formula, a cell or a row of its own', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 5 }), (rows) => {
        const lines = toTsv({ columns: ['a', 'b'], rows }).split('\n');
        expect(lines).to.have.length(rows.length + 1);
        for (const field of lines.flatMap((line) => line.split('\t'))) expect(field).not.to.match(/^\s*[=+\-@]/);
        expect(lines.every((line) => line.split('\t').length === 2)).to.equal(true);
      }),
    );
  });
});
