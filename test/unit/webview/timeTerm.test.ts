import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseFilter } from '../../../src/core/log/filter/parseFilter';
import { timesOf, withoutTimes } from '../../../src/core/log/filter/timeTerms';
import { withTime } from '../../../src/webview/timeline/time/timeTerm';

const FROM = Date.UTC(2026, 2, 29, 10, 30, 2, 114);
const TERM = 'time:2026-03-29T10:30:02.114Z..2026-03-29T10:31:02.114Z';
const minute = { from: FROM, to: FROM + 60_000 };

describe('A stretch of time in the filter', () => {
  it('is written at its end', () => {
    assert.equal(withTime('risk:>=high delete', minute), `risk:>=high delete ${TERM}`);
    assert.equal(withTime('', minute), TERM);
  });

  it('takes the place of the one before, however that was written', () => {
    assert.equal(withTime('time:2020-01-01..2020-01-02 risk:high', minute), `risk:high ${TERM}`);
    assert.equal(withTime('a TIME:"2020-01-01",2021 b timestamp:>=-15m', minute), `a b ${TERM}`);
    assert.equal(
      withTime(withTime('a', minute), { from: 0, to: 1 }),
      'a time:1970-01-01T00:00:00.000Z..1970-01-01T00:00:00.001Z',
    );
  });

  it('is taken out where all of the time is wanted', () => {
    assert.equal(withTime(`risk:high ${TERM} text`, undefined), 'risk:high text');
    assert.equal(withTime(TERM, undefined), '');
  });

  it('leaves alone what only looks like one: within quotes, negated, or as part of a word', () => {
    for (const filter of ['"at time:10:00 sharp"', 'target:"time:1..2"', '-time:2020..2021', 'uptime:5'])
      assert.equal(withTime(filter, undefined), filter);
    for (const filter of ['"say ""time:1"" twice" x', 'rule:"a time:1",b', 'type:a*"b time:1"', 'text:"open time:1'])
      assert.equal(withTime(filter, undefined), filter);
  });

  it('is not swallowed by a quote that nobody closed', () => {
    assert.equal(withTime('rule:a,"open', minute), `rule:a,"open" ${TERM}`);
    assert.equal(withTime('"open', minute), `"open" ${TERM}`);
  });

  it('takes whole milliseconds, and none less than was chosen', () => {
    assert.equal(
      withTime('', { from: FROM + 0.7, to: FROM + 1.2 }),
      'time:2026-03-29T10:30:02.114Z..2026-03-29T10:30:02.116Z',
    );
  });

  it('stays in years that have four digits', () => {
    assert.equal(withTime('', { from: -1e18, to: 1e18 }), 'time:0000-01-01T00:00:00.000Z..9999-12-31T23:59:59.999Z');
  });

  it('can be put in and taken out of any filter without a change to its other terms', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('risk:high', '"a b"', 'x', 'rule:"a time:1",b', "don't"), { maxLength: 6 }),
        (terms) => {
          const filter = terms.join(' ');
          assert.equal(withTime(withTime(filter, minute), undefined), filter);
        },
      ),
    );
  });

  it('is read by the host as what was brushed, and all else as before', () => {
    const clock = { now: FROM };
    const term = fc.constantFrom(
      'risk:>=high',
      'time:>=-15m',
      '"a b"',
      '-"c ""d"',
      'rule:"x time:1",y',
      'type:a*"b c"',
    );
    fc.assert(
      fc.property(
        fc.array(term, { maxLength: 5 }),
        fc.nat({ max: 1e9 }),
        fc.integer({ min: 1, max: 1e9 }),
        (terms, at, length) => {
          const range = { from: FROM + at, to: FROM + at + length };
          const before = parseFilter(terms.join('  '), clock).filter!;
          const after = parseFilter(withTime(terms.join('  '), range), clock).filter!;
          assert.deepEqual(timesOf(after), { from: range.from * 1000, to: range.to * 1000 });
          assert.deepEqual(withoutTimes(after), withoutTimes(before));
        },
      ),
    );
  });
});
