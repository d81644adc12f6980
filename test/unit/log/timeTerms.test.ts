import * as assert from 'node:assert/strict';
import { onlyTimes, timesOf, withoutTimes } from '../../../src/core/log/filter/timeTerms';
import { filterOf } from './support/filtering';

const at = (text: string): number => Date.parse(text) * 1000;

describe('What a filter says of time', () => {
  it('is what all of its terms leave', () => {
    for (const [text, from, to] of [
      ['time:2026-03-29', '2026-03-29', '2026-03-30'],
      ['time:>=2026-03-29 risk:high time:<2026-03-29T12:00', '2026-03-29', '2026-03-29T12:00Z'],
      ['time:2026-03-29,2026-04-02', '2026-03-29', '2026-04-03'],
      ['time:2026-03-29 time:2026-04-02', '2026-04-02', '2026-04-02'],
      ['time:>=-1h', '2026-03-29T11:00Z', null],
      ['time:..2026-03-29T10:00 -time:2026-03-01', null, '2026-03-29T10:00Z'],
      ['time:2026-03-29T10:30:02.114Z..2026-03-29T10:34:17.500Z', '2026-03-29T10:30:02.114Z', '2026-03-29T10:34:17.5Z'],
    ] as const) {
      const expected = { from: from === null ? -Infinity : at(from), to: to === null ? Infinity : at(to) };
      assert.deepEqual(timesOf(filterOf(text)), expected, text);
    }
  });

  it('is nothing where no term bounds it', () => {
    for (const text of ['', 'risk:high', '-time:2026-03-29', 'time:none']) {
      assert.equal(timesOf(filterOf(text)), undefined, text);
    }
  });

  it('can be left out of it, or kept alone', () => {
    const filter = filterOf('risk:high time:2026-03-29 -time:none word');
    assert.deepEqual(withoutTimes(filter), filterOf('risk:high word'));
    assert.deepEqual(onlyTimes(filter), filterOf('time:2026-03-29 -time:none'));
  });
});
