import assert from 'node:assert/strict';
import { readTime } from '../../../src/core/log/filter/timeText';
import { isoOfMicroseconds } from '../../../src/core/log/timestamp';
import { wallClock } from '../../../src/logfile/wallClock';

const NOW = Date.parse('2026-03-29T12:00:00Z');

/** The stretch that a text means to somebody whose clock shows the time of a zone, in UTC. */
function stretch(text: string, zone?: string): string | undefined {
  const read = readTime(text, { now: NOW, ahead: wallClock(zone) });
  return (
    read &&
    `${isoOfMicroseconds(read.from)} ${isoOfMicroseconds(read.to)}`
      .replaceAll('+00:00', '')
      .replaceAll(':00 ', ' ')
      .replace(/:00$/, '')
  );
}

describe('A time in a filter', () => {
  const written: Record<string, string> = {
    '2026': '2026-01-01T00:00 2027-01-01T00:00',
    '2026-02': '2026-02-01T00:00 2026-03-01T00:00',
    '2024-02': '2024-02-01T00:00 2024-03-01T00:00',
    '2026-12': '2026-12-01T00:00 2027-01-01T00:00',
    '2026-12-31': '2026-12-31T00:00 2027-01-01T00:00',
    '2026-03-29T23': '2026-03-29T23:00 2026-03-30T00:00',
    '2026-03-29T10:30': '2026-03-29T10:30 2026-03-29T10:31',
    '2026-03-29_10:30': '2026-03-29T10:30 2026-03-29T10:31',
    '2026-03-29t10:30:02': '2026-03-29T10:30:02 2026-03-29T10:30:03',
    '2026-03-29T10:30:02.1': '2026-03-29T10:30:02.100000 2026-03-29T10:30:02.200000',
    '2026-03-29T10:30:02,114': '2026-03-29T10:30:02.114000 2026-03-29T10:30:02.115000',
    '2026-03-29T10:30:02.114999': '2026-03-29T10:30:02.114999 2026-03-29T10:30:02.115000',
    '2026-03-29T12:30+02:00': '2026-03-29T10:30 2026-03-29T10:31',
    '2026-03-29T12:30-0130': '2026-03-29T14:00 2026-03-29T14:01',
    '2026-03-29Z': '2026-03-29T00:00 2026-03-30T00:00',
    '0001': '0001-01-01T00:00 0002-01-01T00:00',
    '0099-12': '0099-12-01T00:00 0100-01-01T00:00',
    '0099': '0099-01-01T00:00 0100-01-01T00:00',
    '9998': '9998-01-01T00:00 9999-01-01T00:00',
    '-15m': '2026-03-29T11:45 2026-03-29T11:45:00.000001',
    '-90S': '2026-03-29T11:58:30 2026-03-29T11:58:30.000001',
    '-2h': '2026-03-29T10:00 2026-03-29T10:00:00.000001',
    '-1d': '2026-03-28T12:00 2026-03-28T12:00:00.000001',
    '-1w': '2026-03-22T12:00 2026-03-22T12:00:00.000001',
  };
  for (const [text, wanted] of Object.entries(written)) {
    it(`${text} is ${wanted}`, () => assert.equal(stretch(text), wanted));
  }

  it('is none where it is spelt in another way', () => {
    for (const text of [
      '',
      '26',
      '2026-3-1',
      '2026-03-29T',
      '2026-03-29T1',
      '2026-03-29 10:30',
      '2026-03-29T10:30:02.',
      '10:30',
      '15m',
      '-m',
      '-1y',
      '-1234567m',
      '2026-13',
      '2026-00',
      '2026-02-29',
      '2026-03-29T24',
      '2026-03-29T10:60',
      '2026-03-29T10:30+2',
    ]) {
      assert.equal(stretch(text), undefined, text);
    }
  });

  describe('is by the clock on the wall, where it names no offset', () => {
    const cases: [what: string, text: string, zone: string, wanted: string][] = [
      ['winter', '2026-01-10T12:00', 'Europe/Berlin', '2026-01-10T11:00 2026-01-10T11:01'],
      ['summer', '2026-07-10T12:00', 'Europe/Berlin', '2026-07-10T10:00 2026-07-10T10:01'],
      ['west of UTC', '2026-01-10', 'America/New_York', '2026-01-10T05:00 2026-01-11T05:00'],
      ['half hours', '2026-01-10T00:00', 'Asia/Kolkata', '2026-01-09T18:30 2026-01-09T18:31'],
      ['three quarters', '2026-01-10T00:00', 'Asia/Kathmandu', '2026-01-09T18:15 2026-01-09T18:16'],
      [
        'an offset that is written counts instead',
        '2026-01-10T12:00Z',
        'Europe/Berlin',
        '2026-01-10T12:00 2026-01-10T12:01',
      ],
      ['a zone that is not known', '2026-01-10T12:00', 'Moon/Tranquility', '2026-01-10T12:00 2026-01-10T12:01'],
      ['just before the clock goes forward', '2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59 2026-03-29T01:00'],
      ['just after it went forward', '2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00 2026-03-29T01:01'],
      ['just before it goes back', '2026-10-25T01:59', 'Europe/Berlin', '2026-10-24T23:59 2026-10-25T00:00'],
      ['just after it went back', '2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00 2026-10-25T02:01'],
      ['a day of 23 hours', '2026-03-29', 'Europe/Berlin', '2026-03-28T23:00 2026-03-29T22:00'],
      ['a day of 25 hours', '2026-10-25', 'Europe/Berlin', '2026-10-24T22:00 2026-10-25T23:00'],
      ['a day of 24 and a half', '2026-04-05', 'Australia/Lord_Howe', '2026-04-04T13:00 2026-04-05T13:30'],
      ['a month with a change of the clock', '2026-03', 'Europe/Berlin', '2026-02-28T23:00 2026-03-31T22:00'],
      ['a year', '2026', 'Australia/Sydney', '2025-12-31T13:00 2026-12-31T13:00'],
      ['a date of long ago', '0050-06-01', 'Europe/Berlin', ''],
    ];
    for (const [what, text, zone, wanted] of cases) {
      it(what, () => {
        if (wanted !== '') return assert.equal(stretch(text, zone), wanted);
        // The offset of the place's own noon, less than an hour.
        const { from, to } = readTime(text, { now: NOW, ahead: wallClock(zone) })!;
        assert.ok(Math.abs(from / 1000 - Date.parse('0050-06-01T00:00:00Z')) < 3_600_000);
        assert.equal(to - from, 86_400_000_000);
      });
    }

    it('means the same moments as the clock shows, all through the year', () => {
      for (const zone of [
        'Europe/Berlin',
        'America/New_York',
        'Australia/Lord_Howe',
        'Asia/Kolkata',
        'Africa/Casablanca',
      ]) {
        const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
        for (let hour = 0; hour < 365 * 24; hour += 1) {
          const time = Date.UTC(2026, 0, 1, hour, 7, 11);
          const shown = format.format(time).replace(' ', 'T');
          const { from } = readTime(shown, { now: NOW, ahead: cached(zone) })!;
          // In the hour that comes twice either may be meant.
          if (from / 1000 !== time)
            assert.equal(format.format(from / 1000).replace(' ', 'T'), shown, `${zone}, ${shown}`);
        }
      }
    }).timeout(20_000);
  });
});

const clocks = new Map<string, (wallClock: number) => number>();
function cached(zone: string): (wallClock: number) => number {
  if (!clocks.has(zone)) clocks.set(zone, wallClock(zone));
  return clocks.get(zone)!;
}
