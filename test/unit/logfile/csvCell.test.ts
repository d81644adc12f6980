import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { csvCell as cellOf } from '../../../src/logfile/csvCell';

const STARTS = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/** The cells of a text as a spreadsheet reads it that divides at some characters. A quote counts where a cell begins with it. */
function cellsOf(text: string, divides: RegExp): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at <= text.length) {
    let cell = '';
    if (text[at] === '"') {
      at++;
      while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) {
        if (text[at] === '"') at++;
        cell += text[at++];
      }
      at++;
    }
    while (at < text.length && !divides.test(text[at])) cell += text[at++];
    cells.push(cell);
    at++;
  }
  return cells;
}

const csvCell = (text: string): string => cellOf(text, false);

/** What was recorded, as far as apostrophes do not count. */
const bare = (text: string): string => text.replaceAll("'", '');

const text = fc
  .array(fc.constantFrom(...STARTS, ...'a1"\';,|', '\t', '\r', '\n', ' ', '\u00a0', '\ufeff', '\0'), { maxLength: 8 })
  .map((characters) => characters.join(''));

describe('A cell of a comma-separated file', () => {
  for (const start of STARTS) {
    it(`has an apostrophe before ${start}, where a spreadsheet would begin a formula`, () => {
      assert.equal(csvCell(`${start}1+cmd`), `'${start}1+cmd`);
      assert.equal(csvCell(` ${start}A1`), ` '${start}A1`);
      assert.equal(csvCell(`a${start}A1`), `a${start}A1`, 'within a text it is one of its characters');
      assert.equal(csvCell(`x;${start}A1`), `"x;'${start}A1"`, 'some divide at semicolons');
      assert.equal(csvCell(`x; "${start}A1`), `"x; ""'${start}A1"`);
      assert.equal(csvCell(`x\n${start}A1`), `"x\n'${start}A1"`, 'and then at line ends within quotes, too');
    });
  }

  it('does not begin with a tab, a line end, or a null', () => {
    assert.equal(csvCell('\tx'), `"'\tx"`);
    assert.equal(csvCell('\rx'), `"'\rx"`);
    assert.equal(csvCell('\nx'), `"'\nx"`);
    assert.equal(csvCell('\0x'), `'\0x`);
    assert.equal(csvCell('\t=1'), `"'\t'=1"`);
  });

  it('is left as it is where it is a number, or harmless', () => {
    for (const harmless of ['-5', '-5.25', '12', '', 'plain', 'a-b', 'a@b.com', "'=1", 'two words']) {
      assert.equal(csvCell(harmless), harmless);
    }
    assert.equal(cellOf('-5', true), "'-5", 'where nothing divides behind it, it is none');
    assert.equal(csvCell('-5e3'), "'-5e3");
    assert.equal(csvCell('-'), "'-");
    assert.equal(csvCell('a "b", c'), '"a ""b"", c"');
  });

  it('begins no formula in a row of others, wherever a spreadsheet divides that, and says what was recorded', () => {
    const begins = /^[\s\0]*[=+\-@＝＋－＠]/;
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
        const row = texts.map((each, i) => cellOf(each, i === 0)).join(',');
        assert.deepEqual(cellsOf(row, /,/).map(bare), texts.map(bare));
        for (const divides of [/,/, /;/, /\t/, /[,;\t]/, /[;\r\n]/, /[\t\r\n]/]) {
          for (const cell of cellsOf(row, divides)) {
            if (/^-?\d+(\.\d+)?$/.test(cell)) continue;
            assert.ok(!begins.test(cell), `${JSON.stringify(cell)} of ${JSON.stringify(row)}, divided at ${divides}`);
          }
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('is made soon of a text that was made to keep us busy', () => {
    const start = performance.now();
    for (const filler of ['\n', '\t', ' ', '"', ';', ';"', '=', '\n='])
      csvCell(filler.repeat(1_000_000 / filler.length));
    assert.ok(performance.now() - start < 5000);
  });
});
