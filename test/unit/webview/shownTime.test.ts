import * as assert from 'node:assert/strict';
import {
  clock,
  day,
  duration,
  isSameDay,
  moment,
  shortDay,
  stretch,
  zoneName,
} from '../../../src/webview/timeline/time/shownTime';

const AT = Date.UTC(2026, 2, 29, 10, 30, 2, 114);
const SECOND = 1000;
const DAY = 86_400_000;

describe('Times on the page', () => {
  it('are shown to the millisecond, which a fraction does not round up', () => {
    assert.equal(clock(AT, 'utc'), '10:30:02.114');
    assert.equal(clock(AT + 0.999, 'utc'), '10:30:02.114');
    assert.equal(clock(Date.UTC(2026, 0, 1), 'utc'), '00:00:00.000');
    assert.equal(clock(-1, 'utc'), '23:59:59.999');
    assert.equal(day(AT, 'utc'), '29 Mar 2026');
    assert.equal(shortDay(AT, 'utc'), '29 Mar');
  });

  it('are nothing where no calendar has them', () => {
    assert.equal(clock(1e300, 'utc'), '');
    assert.equal(stretch(1e300, 1e301, 'local'), '');
  });

  it('follow the person’s zone', () => {
    withZone('America/New_York', () => {
      assert.equal(clock(AT, 'local'), '06:30:02.114');
      assert.equal(zoneName(AT, 'local'), 'UTC-04:00');
      assert.equal(zoneName(Date.UTC(2026, 0, 1), 'local'), 'UTC-05:00');
      assert.equal(zoneName(AT, 'utc'), 'UTC');
      assert.ok(!isSameDay(Date.UTC(2026, 2, 29, 3), AT, 'local'));
      assert.ok(isSameDay(Date.UTC(2026, 2, 29, 3), AT, 'utc'));
    });
    withZone('Asia/Kathmandu', () => assert.equal(zoneName(AT, 'local'), 'UTC+05:45'));
  });

  it('say of a stretch no more than tells its ends apart', () => {
    assert.equal(stretch(AT, AT + 255 * SECOND, 'utc'), '29 Mar 2026 10:30:02 – 10:34:17');
    assert.equal(stretch(AT, AT + DAY, 'utc'), '29 Mar 2026 10:30:02 – 30 Mar 2026 10:30:02');
    assert.equal(stretch(AT, AT, 'utc'), '29 Mar 2026 10:30:02');
    assert.equal(stretch(AT, AT + 3, 'utc'), '29 Mar 2026 10:30:02.114 – 10:30:02.117');
  });

  it('say of a bin when it begins and ends', () => {
    assert.equal(moment(AT, AT + 5, 'utc'), '29 Mar 2026 10:30:02.114 – 10:30:02.119');
    assert.equal(moment(AT, AT + 5 * SECOND, 'utc'), '29 Mar 2026 10:30:02 – 10:30:07');
    assert.equal(moment(Date.UTC(2026, 2, 29), Date.UTC(2026, 2, 30), 'utc'), '29 Mar 2026');
    assert.equal(moment(Date.UTC(2026, 2, 29), Date.UTC(2026, 2, 31), 'utc'), '29 Mar 2026 – 30 Mar 2026');
    assert.equal(moment(AT, AT + DAY, 'utc'), '29 Mar 2026 10:30:02 – 30 Mar 2026 10:30:02');
  });

  it('are lengths in the largest unit that fits', () => {
    assert.deepEqual([0.25, 37, 3700, 12 * 60 * SECOND, 36 * 3600 * SECOND, 20 * DAY].map(duration), [
      '0.3 ms',
      '37 ms',
      '3.7 s',
      '12 min',
      '1.5 d',
      '20 d',
    ]);
  });
});

function withZone(zone: string, act: () => void): void {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    act();
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}
