import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { histogramOf, type Histogram, type HistogramBy } from '../../../src/core/log/histogram';
import { microsecondsOf } from '../../../src/core/log/timestamp';
import { logOf, type LogEntry } from './support/logs';

const START = Date.parse('2026-03-29T10:30:02Z');

const at = (milliseconds: number): string => new Date(START + milliseconds).toISOString();

const recorded: fc.Arbitrary<LogEntry> = fc.record({
  timestamp: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 100_000 }).map(at) },
    { weight: 1, arbitrary: fc.integer({ min: -1e12, max: 1e12 }).map(at) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('no time', '0001-01-01T00:00:00+00:00', '9999-12-31T23:59:59.999999+00:00'),
    },
  ),
  status: fc.constantFrom(null, 'success', 'SUCCESS', 'blocked', 'denied', 'failed', 'skipped', 'made up'),
  approval: fc.constantFrom(null, 'auto', 'approve', 'block', 'BLOCK'),
  risk: fc.constantFrom(null, 'LOW', 'medium', 'HIGH', 'CRITICAL', 'made up'),
});

/** What an entry counts as, in the words of the legend. */
function seriesOf(by: HistogramBy, { status, approval, risk }: LogEntry): string {
  if (by === 'risk') {
    const word = risk?.toLowerCase() ?? '';
    return ['low', 'medium', 'high', 'critical'].includes(word) ? word : 'other';
  }
  if (status === null || status === undefined) return approval?.toLowerCase() === 'block' ? 'block' : 'open';
  const word = status.toLowerCase();
  return ['success', 'blocked', 'denied', 'failed', 'skipped'].includes(word) ? word : 'other';
}

function sum(numbers: Iterable<number>): number {
  let all = 0;
  for (const number of numbers) all += number;
  return all;
}

const STEPS_OF_A_DAY = [1, 2, 5, 10, 20, 50, 100, 200, 500]
  .concat([1, 2, 5, 10, 15, 30].map((n) => n * 1000))
  .concat([1, 2, 5, 10, 15, 30].map((n) => n * 60_000))
  .concat([1, 2, 3, 6, 12, 24].map((n) => n * 3_600_000));

describe('Entries over time', () => {
  it('are each counted once, in the bin of their time and under what became of them, or as without a time', () => {
    const most = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 5, max: 300 }));
    const by = fc.constantFrom<HistogramBy>('decision', 'risk');
    fc.assert(
      fc.property(fc.array(recorded, { maxLength: 40 }), by, most, (entries, by, most) => {
        const { series, from, step, bins, timeless } = histogramOf(logOf(entries), undefined, by, most);
        assert.ok(bins.length <= Math.max(1, most), `${bins.length} bins where ${most} fit`);
        const wanted = bins.map((bin) => bin.map(() => 0));
        let without = 0;
        for (const entry of entries) {
          const time = microsecondsOf(entry.timestamp!) / 1000;
          if (Number.isNaN(time)) without++;
          else wanted[Math.floor((time - from) / step)][series.indexOf(seriesOf(by, entry))]++;
        }
        assert.deepEqual([bins, timeless], [wanted, without]);
        assert.equal(sum(bins.flat()) + timeless, entries.length);
        // No empty bins at either end: what is drawn begins and ends with an entry.
        if (bins.length > 0) assert.ok(sum(bins[0]) > 0 && sum(bins.at(-1)!) > 0);
      }),
      { numRuns: 1000 },
    );
  });

  it('are counted of those that are asked for only', () => {
    const entries = Array.from({ length: 20 }, (_, i) => ({
      timestamp: at(i * 1000),
      status: i < 5 ? 'failed' : 'success',
    }));
    const { bins } = histogramOf(logOf(entries), Uint32Array.of(0, 4, 9), 'decision', 100);
    assert.equal(sum(bins.flat()), 3);
    assert.equal(bins.length, 91, 'the bins reach from the first of them to the last');
  });

  const spans: [what: string, milliseconds: number, most: number, step: number][] = [
    ['a minute in 60 bins', 59_000, 60, 2_000],
    ['a minute in 120 bins', 59_000, 120, 500],
    ['an hour in 61 bins', 3_500_000, 61, 60_000],
    ['a day in 50 bins', 86_000_000, 50, 1_800_000],
    ['a year in 60 bins', 31_000_000_000, 60, 7 * 86_400_000],
  ];
  for (const [what, milliseconds, most, step] of spans) {
    it(`stand in bins of a round length: ${what}`, () => {
      const entries = [{ timestamp: at(0) }, { timestamp: at(milliseconds) }];
      const histogram = histogramOf(logOf(entries), undefined, 'decision', most);
      assert.equal(histogram.step, step);
      assert.equal(histogram.from % step, 0, 'a bin begins where the clock is round');
    });
  }

  it('stand in bins of a length that a clock has, of those the shortest that fits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 80_000_000 }), fc.integer({ min: 2, max: 500 }), (span, most) => {
        const { step, from, bins } = histogramOf(
          logOf([{ timestamp: at(0) }, { timestamp: at(span) }]),
          undefined,
          'risk',
          most,
        );
        const shorter = STEPS_OF_A_DAY.filter((each) => each < step);
        if (STEPS_OF_A_DAY.at(-1)! < step) return;
        assert.ok(STEPS_OF_A_DAY.includes(step), `${step}`);
        assert.equal(from % step, 0);
        assert.equal(bins.length, Math.floor((START + span) / step) - Math.floor(START / step) + 1);
        if (shorter.length > 0) assert.ok(span / shorter.at(-1)! + 1 >= most, `${shorter.at(-1)} would do`);
      }),
    );
  });

  it('stand in bins that begin at round times of the clock that they are told', () => {
    const HOUR = 3_600_000;
    // Two days and a half from noon on, by a clock that is 5:30 ahead of UTC.
    const ahead = 5.5 * HOUR;
    const noon = Date.parse('2026-03-29T06:30:00Z');
    const log = logOf([noon, noon + 60 * HOUR].map((time) => ({ timestamp: new Date(time).toISOString() })));
    for (const [most, step] of [
      [5, 24 * HOUR],
      [70, HOUR],
      [124, 0.5 * HOUR],
    ]) {
      const { from, step: found, bins } = histogramOf(log, undefined, 'decision', most, () => ahead);
      assert.equal(found, step);
      assert.equal((from + ahead) % step, 0, `${most} bins begin at ${new Date(from).toISOString()}`);
      assert.ok(from <= noon && noon < from + step);
      assert.ok(bins.length <= most && sum(bins.flat()) === 2);
    }
    const { from } = histogramOf(log, undefined, 'decision', 5);
    assert.equal(new Date(from).toISOString(), '2026-03-29T00:00:00.000Z', 'without one, of UTC');
  });

  it('are counted whatever the clock says, each in its bin', () => {
    const HOUR = 3_600_000;
    const span = fc.integer({ min: 0, max: 1e11 });
    fc.assert(
      fc.property(fc.array(span, { minLength: 1 }), fc.integer({ min: 2, max: 300 }), fc.nat(), (times, most, seed) => {
        const aheadAt = (): number => ((seed % 113) - 56) * 0.25 * HOUR;
        const log = logOf(times.map((time) => ({ timestamp: at(time) })));
        const { from, step, bins } = histogramOf(log, undefined, 'decision', most, aheadAt);
        assert.ok(bins.length <= most);
        assert.equal(sum(bins.flat()), times.length);
        assert.ok(sum(bins[0]) > 0 && sum(bins.at(-1)!) > 0);
        const wanted = bins.map(
          (_, i) => times.filter((time) => Math.floor((START + time - from) / step) === i).length,
        );
        assert.deepEqual(bins.map(sum), wanted);
      }),
    );
  });

  it('stand in as few bins as ever where one timestamp is of the year 1 and one of 9999', () => {
    const entries = [
      { timestamp: '0001-01-01T00:00:00+00:00' },
      ...Array.from({ length: 100 }, (_, i) => ({ timestamp: at(i) })),
      { timestamp: '9999-12-31T23:59:59+00:00' },
    ];
    for (const most of [0, 1, 2, 120, 2000]) {
      const { bins } = histogramOf(logOf(entries), undefined, 'decision', most);
      assert.ok(bins.length <= Math.max(1, most));
      assert.equal(sum(bins.flat()), 102);
    }
  });

  it('are one bin where they are all of one moment', () => {
    for (const most of [0, 1, 2, 100]) {
      const { from, step, bins } = histogramOf(
        logOf([{ timestamp: at(0) }, { timestamp: at(0) }]),
        undefined,
        'risk',
        most,
      );
      assert.equal(bins.length, 1);
      assert.ok(from <= START && START < from + step, `${from} + ${step}`);
    }
  });

  it('are none where no entry has a time', () => {
    const none: Histogram = histogramOf(logOf([{ timestamp: 'x' }, {}]), undefined, 'decision', 10);
    assert.deepEqual([none.bins, none.timeless], [[], 2]);
    assert.deepEqual(histogramOf(logOf([]), undefined, 'risk', 10).bins, []);
  });
});
