import assert from 'node:assert/strict';
import { momentOf } from '../../../src/core/log/filter/moment';
import { isoOfMicroseconds } from '../../../src/core/log/timestamp';
import { isKnownZone, wallClock } from '../../../src/logfile/wallClock';
import { found } from '../log/support/filtering';

const NOW = Date.parse('2026-03-29T12:00:00Z');

/** The stretch that a text means to somebody whose clock shows the time of a zone, in UTC; both where the time came twice. */
function stretch(text: string, timeZone: string | undefined): string {
  const { from, to, again } = momentOf(text, { now: NOW, whenShown: wallClock(timeZone).whenShown })!;
  const told = (ends: number[]): string =>
    ends.map((time) => isoOfMicroseconds(time).replace(/(:00)?\+00:00$/, '')).join(' to ');
  return again === undefined ? told([from, to]) : `${told([from, to])} and ${told([again.from, again.to])}`;
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
  ['the hour that is left out', '2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:00 to 2026-03-29T01:00'],
  [
    'the hour that comes twice',
    '2026-10-25T02:30',
    'Europe/Berlin',
    '2026-10-25T00:30 to 2026-10-25T00:31 and 2026-10-25T01:30 to 2026-10-25T01:31',
  ],
  [
    'a second that comes twice',
    '2026-10-25T02:00:00',
    'Europe/Berlin',
    '2026-10-25T00:00 to 2026-10-25T00:00:01 and 2026-10-25T01:00 to 2026-10-25T01:00:01',
  ],
  [
    'half an hour that comes twice',
    '2026-04-05T01:45',
    'Australia/Lord_Howe',
    '2026-04-04T14:45 to 2026-04-04T14:46 and 2026-04-04T15:15 to 2026-04-04T15:16',
  ],
  ['a day that begins twice', '2026-11-01', 'America/Havana', '2026-11-01T04:00 to 2026-11-02T05:00'],
  ['the day before it', '2026-10-31', 'America/Havana', '2026-10-31T04:00 to 2026-11-01T04:00'],
  ['a day without a midnight', '2026-03-08', 'America/Havana', '2026-03-08T05:00 to 2026-03-09T04:00'],
  ['a day that a country left out', '2011-12-30', 'Pacific/Apia', '2011-12-30T10:00 to 2011-12-30T10:00'],
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
      const { from, to } = momentOf(`${year}-06-01`, { now: NOW, whenShown: wallClock('Europe/Berlin').whenShown })!;
      const midnight = Date.parse(`${year}-06-01T00:00:00Z`);
      assert.ok(Math.abs(from / 1000 - midnight) < 2 * 3_600_000, `${year}: ${isoOfMicroseconds(from)}`);
      assert.equal(to - from, 86_400_000_000);
    }
  });

  it('is the moment at which the clock shows it, all through a year', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata']) {
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
      const clock = { now: NOW, whenShown: wallClock(zone).whenShown };
      for (let hour = 0; hour < 365 * 24; hour += 2) {
        for (const time of [Date.UTC(2026, 0, 1, hour, 7, 11), Date.UTC(2026, 0, 1, hour, 37)]) {
          const shown = format.format(time).replace(' ', 'T');
          const { from, again } = momentOf(shown, clock)!;
          const meant = [from, ...(again === undefined ? [] : [again.from])].map((each) => each / 1000);
          assert.ok(meant.includes(time), `${zone}, ${shown}`);
          for (const each of meant) assert.equal(format.format(each).replace(' ', 'T'), shown, `${zone}, ${shown}`);
        }
      }
    }
  });

  it('is a time to compare with at any moment that can be written', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York']) {
      const { whenShown } = wallClock(zone);
      for (let year = 1; year < 10_000; year += 37) {
        const shown = Date.parse(`${String(year).padStart(4, '0')}-03-31T02:30:00Z`);
        const { first, last } = whenShown(shown);
        assert.ok(Math.abs(first - shown) <= 16 * 3_600_000 && last >= first, `${zone}, ${year}: ${first - shown}`);
      }
    }
  });

  describe('that comes twice', () => {
    // In Berlin the clock showed 02:10, 02:50, 02:10, 02:50 and 03:10.
    const times = ['00:10', '00:50', '01:10', '01:50', '02:10'].map((time) => ({
      timestamp: `2026-10-25T${time}:00Z`,
    }));
    const clock = { now: NOW, whenShown: wallClock('Europe/Berlin').whenShown };
    for (const [filter, meant] of [
      ['time:>=2026-10-25T02:30', [1, 2, 3, 4]],
      ['time:>2026-10-25T02:50', [2, 3, 4]],
      ['time:<2026-10-25T02:30', [0, 1, 2]],
      ['time:<=2026-10-25T02:10', [0, 1, 2]],
      ['time:2026-10-25T02:10..2026-10-25T03:00', [0, 1, 2, 3]],
      ['time:2026-10-25T01:00..2026-10-25T02:50', [0, 1, 2]],
      ['time:2026-10-25T02:30..2026-10-25T02:40', [1, 2]],
      ['time:2026-10-25T02:10', [0, 2]],
      ['-time:2026-10-25T02:10', [1, 3, 4]],
      ['time:2026-10-25T02:10,2026-10-25T03:10', [0, 2, 4]],
      ['time:2026-10-25T02:10+02:00', [0]],
    ] as const) {
      it(`is meant both times: ${filter}`, () => assert.deepEqual(found(filter, times, clock), meant));
    }
  });

  it('is of a zone that is known, or of one that is said not to be', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'Asia/Kathmandu']) {
      assert.ok(isKnownZone(zone), zone);
    }
    for (const zone of ['Moon/Tranquility', '', 'Etc/Unknown', 'x'.repeat(100)]) assert.ok(!isKnownZone(zone), zone);
  });
});
