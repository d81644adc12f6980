import assert from 'node:assert/strict';
import { momentOf } from '../../../src/core/log/filter/moment';
import { isoOfMicroseconds } from '../../../src/core/log/timestamp';
import { wallClock } from '../../../src/logfile/wallClock';

const NOW = Date.parse('2026-03-29T12:00:00Z');

/** The stretch that a text means to somebody whose clock shows the time of a zone, in UTC. */
function stretch(text: string, timeZone: string | undefined): string {
  const { from, to } = momentOf(text, { now: NOW, ahead: wallClock(timeZone) })!;
  return [from, to].map((time) => isoOfMicroseconds(time).replace(/(:00)?\+00:00$/, '')).join(' to ');
}

const MEANT: readonly [what: string, text: string, zone: string | undefined, meant: string][] = [
  ['no zone', '2026-01-10T12:00', undefined, '2026-01-10T12:00 to 2026-01-10T12:01'],
  ['UTC', '2026-01-10T12:00:30', 'UTC', '2026-01-10T12:00:30 to 2026-01-10T12:00:31'],
  ['winter', '2026-01-10T12:00', 'Europe/Berlin', '2026-01-10T11:00 to 2026-01-10T11:01'],
  ['summer', '2026-07-10T12:00', 'Europe/Berlin', '2026-07-10T10:00 to 2026-07-10T10:01'],
  ['a day west of UTC', '2026-01-10', 'America/New_York', '2026-01-10T05:00 to 2026-01-11T05:00'],
  ['half an hour', '2026-01-10T00:00', 'Asia/Kolkata', '2026-01-09T18:30 to 2026-01-09T18:31'],
  ['three quarters of one', '2026-01-10T00:00', 'Asia/Kathmandu', '2026-01-09T18:15 to 2026-01-09T18:16'],
  ['an offset that is written', '2026-01-10T12:00Z', 'Europe/Berlin', '2026-01-10T12:00 to 2026-01-10T12:01'],
  ['a zone that nobody knows', '2026-01-10T12:00', 'Moon/Tranquility', '2026-01-10T12:00 to 2026-01-10T12:01'],
  ['just before clocks go forward', '2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59 to 2026-03-29T01:00'],
  ['just after they went forward', '2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00 to 2026-03-29T01:01'],
  ['just before they go back', '2026-10-25T01:59', 'Europe/Berlin', '2026-10-24T23:59 to 2026-10-25T00:00'],
  ['just after they went back', '2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00 to 2026-10-25T02:01'],
  ['a day of 23 hours', '2026-03-29', 'Europe/Berlin', '2026-03-28T23:00 to 2026-03-29T22:00'],
  ['a day of 25 hours', '2026-10-25', 'Europe/Berlin', '2026-10-24T22:00 to 2026-10-25T23:00'],
  ['a day of 24 and a half', '2026-04-05', 'Australia/Lord_Howe', '2026-04-04T13:00 to 2026-04-05T13:30'],
  ['the last day of a year', '2026-12-31', 'Australia/Sydney', '2026-12-30T13:00 to 2026-12-31T13:00'],
  ['the year 1', '0001-06-01', 'UTC', '0001-06-01T00:00 to 0001-06-02T00:00'],
  ['the year 9999', '9999-06-01', 'Europe/Berlin', '9999-05-31T22:00 to 9999-06-01T22:00'],
];

describe('A time in a filter, by the clock on the wall', () => {
  for (const [what, text, zone, meant] of MEANT) {
    it(`is what that clock shows: ${what}`, () => assert.equal(stretch(text, zone), meant));
  }

  it('is of its century, long ago as well', () => {
    for (const year of ['0001', '0050', '0099', '0100', '1800']) {
      const { from, to } = momentOf(`${year}-06-01`, { now: NOW, ahead: wallClock('Europe/Berlin') })!;
      const midnight = Date.parse(`${year}-06-01T00:00:00Z`);
      assert.ok(Math.abs(from / 1000 - midnight) < 2 * 3_600_000, `${year}: ${isoOfMicroseconds(from)}`);
      assert.equal(to - from, 86_400_000_000);
    }
  });

  it('is the moment at which the clock shows it, all through a year', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata']) {
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
      const clock = { now: NOW, ahead: wallClock(zone) };
      for (let hour = 0; hour < 365 * 24; hour += 2) {
        for (const time of [Date.UTC(2026, 0, 1, hour, 7, 11), Date.UTC(2026, 0, 1, hour, 37)]) {
          const shown = format.format(time).replace(' ', 'T');
          const { from } = momentOf(shown, clock)!;
          // In the hour that comes twice it may be either.
          if (from / 1000 !== time)
            assert.equal(format.format(from / 1000).replace(' ', 'T'), shown, `${zone}, ${shown}`);
        }
      }
    }
  });

  it('is a time to compare with at any moment that can be written', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York']) {
      const ahead = wallClock(zone);
      for (let year = 1; year < 10_000; year += 37) {
        const shown = Date.parse(`${String(year).padStart(4, '0')}-03-31T02:30:00Z`);
        assert.ok(Math.abs(ahead(shown)) <= 16 * 60, `${zone}, ${year}: ${ahead(shown)} minutes ahead`);
      }
    }
  });
});
