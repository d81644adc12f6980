import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ticksOf } from '../../../src/webview/timeline/time/timeAxis';

const AT = Date.UTC(2026, 2, 29, 10, 30, 2, 114);
const MINUTE = 60_000;
const DAY = 86_400_000;

const labels = (from: number, length: number, most: number): string[] =>
  ticksOf(from, from + length, most, 'utc').map(({ label }) => label);

describe('The axis of time', () => {
  it('has marks at round times, no more than there is room for', () => {
    assert.deepEqual(labels(AT, 4 * MINUTE, 6), ['10:31', '10:32', '10:33', '10:34']);
    assert.deepEqual(labels(AT, MINUTE, 5), ['10:30:15', '10:30:30', '10:30:45', '10:31:00']);
    assert.deepEqual(labels(AT, 1000, 6), ['10:30:02.2', '10:30:02.4', '10:30:02.6', '10:30:02.8', '10:30:03.0']);
    assert.deepEqual(labels(AT, 20, 5), ['10:30:02.115', '10:30:02.120', '10:30:02.125', '10:30:02.130']);
  });

  it('names the day where one begins, and months and years where they are far apart', () => {
    assert.deepEqual(labels(Date.UTC(2026, 2, 29, 20), 9 * 3_600_000, 4), ['21:00', '30 Mar', '03:00']);
    assert.deepEqual(labels(Date.UTC(2026, 2, 29), 4 * DAY, 5), ['29 Mar', '30 Mar', '31 Mar', '1 Apr', '2 Apr']);
    assert.deepEqual(labels(Date.UTC(2026, 0, 15), 100 * DAY, 4), ['Feb 2026', 'Mar 2026', 'Apr 2026']);
    assert.deepEqual(labels(Date.UTC(2020, 5, 1), 4 * 365 * DAY, 5), ['2021', '2022', '2023', '2024']);
  });

  it('keeps to the zone where its clocks change', () => {
    const before = process.env.TZ;
    process.env.TZ = 'Europe/Berlin';
    try {
      const ticks = ticksOf(Date.UTC(2026, 2, 28, 12), Date.UTC(2026, 2, 31, 12), 4, 'local');
      assert.deepEqual(
        ticks.map(({ at, label }) => [new Date(at).toISOString(), label]),
        [
          ['2026-03-28T23:00:00.000Z', '29 Mar'],
          ['2026-03-29T22:00:00.000Z', '30 Mar'],
          ['2026-03-30T22:00:00.000Z', '31 Mar'],
        ],
      );
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  it('has none where there is no time', () => {
    assert.deepEqual(ticksOf(5, 5, 4, 'utc'), []);
    assert.deepEqual(ticksOf(0, Infinity, 4, 'utc'), []);
    assert.deepEqual(ticksOf(0, 10, 0, 'utc'), []);
  });

  it('whatever the stretch, has marks in order, within it, each with a label', () => {
    const time = fc.integer({ min: -8e14, max: 8e14 });
    fc.assert(
      fc.property(time, time, fc.integer({ min: 1, max: 30 }), fc.constantFrom('utc', 'local'), (a, b, most, zone) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const ticks = ticksOf(from, to, most, zone);
        assert.ok(ticks.length <= most + 1);
        ticks.forEach(({ at, label }, i) => {
          assert.ok(at >= from && at <= to);
          assert.ok(i === 0 || at > ticks[i - 1].at);
          assert.notEqual(label, '');
        });
      }),
    );
  });
});
