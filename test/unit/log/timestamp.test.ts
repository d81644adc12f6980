import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { EntryIndex } from '../../../src/core/log/entryIndex';
import { isoOfMicroseconds, microsecondsOf, plainMicrosecondsOf } from '../../../src/core/log/timestamp';
import { askPython } from '../support/python';
import { decode } from './support/logs';

function plain(text: string): number {
  // Not at the start of its buffer: a row's texts stand one behind the other.
  const bytes = Buffer.from(`999${text}999`);
  return plainMicrosecondsOf(bytes, 3, bytes.length - 3);
}

/** A timestamp as a log keeps it, whether it came as a text or as bytes. */
function kept(text: string): { readonly time: number; readonly texts: readonly [string, string] } {
  const index = new EntryIndex(decode);
  index.setTimestamp(index.add(1), text);
  const bytes = Buffer.from(`{${text}}`);
  index.setTimestampBytes(index.add(2), bytes, 1, bytes.length - 1);
  assert.deepEqual(index.times[0], index.times[1], `${text} is one time as a text, and another as bytes`);
  return { time: index.times[0], texts: [index.timestamp(0), index.timestamp(1)] };
}

const digits = (value: number, count: number): string => String(value).padStart(count, '0');

/** A moment with the text that Python's isoformat has for it, made without anything of the product's. */
const moment = (firstYear: number, lastYear: number): fc.Arbitrary<{ text: string; seconds: number; micros: number }> =>
  fc
    .record({
      year: fc.integer({ min: firstYear, max: lastYear }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      second: fc.integer({ min: 0, max: 86_399 }),
      micros: fc.oneof(fc.constantFrom(0, 1, 999_999, 500_000), fc.integer({ min: 0, max: 999_999 })),
    })
    .map(({ year, month, day, second, micros }) => {
      const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
      const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
      const fraction = micros === 0 ? '' : `.${digits(micros, 6)}`;
      const text = `${date}T${clock.map((part) => digits(part, 2)).join(':')}${fraction}+00:00`;
      return { text, seconds: Date.parse(`${text.slice(0, 19)}Z`) / 1000, micros };
    });

describe('A timestamp', () => {
  it('is read to the microsecond, as bytes as well as a text, and written as it was', () => {
    fc.assert(
      fc.property(moment(1700, 2250), ({ text, seconds, micros }) => {
        const time = seconds * 1_000_000 + micros;
        assert.deepEqual([microsecondsOf(text), plain(text), isoOfMicroseconds(time)], [time, time, text]);
        assert.deepEqual(kept(text), { time, texts: [text, text] });
      }),
      { numRuns: 2000 },
    );
  });

  it('has the text that Python writes', () => {
    const times = fc.sample(fc.integer({ min: -8e15, max: 8e15 }), { numRuns: 500, seed: 1 });
    const program = `
from datetime import datetime, timedelta, timezone
def answer(data):
    return (datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=int(data))).isoformat().encode()
`;
    const said = askPython(
      program,
      times.map((time) => Buffer.from(String(time))),
    );
    assert.deepEqual(
      times.map(isoOfMicroseconds),
      said.map((text) => text.toString()),
    );
  });

  it('is never read as another time from its bytes than from its text', () => {
    const mutated = fc
      .tuple(moment(1, 9999), fc.nat(31), fc.constantFrom(...'0123456789+-: .TZz,x\u00e9'))
      .map(([{ text }, at, character]) => text.slice(0, at) + character + text.slice(at + 1));
    const spelt = fc.oneof(mutated, fc.string({ maxLength: 34 }), fc.stringMatching(/^[0-9+:.TZ-]{25,32}$/));
    fc.assert(
      fc.property(spelt, (text) => {
        const [fromBytes, fromText] = [plain(text), microsecondsOf(text)];
        assert.ok(Number.isNaN(fromBytes) || fromBytes === fromText, `${text}: ${fromBytes}, ${fromText}`);
        assert.deepEqual(kept(text).texts, [text, text]);
      }),
      { numRuns: 5000 },
    );
  });

  it('is kept as it was recorded in the years 1 and 9999, too', () => {
    for (const text of [
      '0001-01-01T00:00:00+00:00',
      '0001-01-01T00:00:00.000001+00:00',
      '1684-12-31T23:59:59.999999+00:00',
      '2255-06-06T00:00:00.000001+00:00',
      '9999-12-31T23:59:59.999999+00:00',
      '9999-12-31T23:59:59-14:00',
    ]) {
      assert.deepEqual(kept(text).texts, [text, text]);
    }
    fc.assert(
      fc.property(moment(1, 9999), ({ text, seconds, micros }) => {
        const { time, texts } = kept(text);
        assert.deepEqual(texts, [text, text]);
        // A number of microseconds is exact to 16 there.
        assert.ok(Math.abs(time - (seconds * 1_000_000 + micros)) <= 16, text);
      }),
    );
  });

  const spellings: Record<string, string> = {
    '2026-03-29T10:30:02Z': '2026-03-29T10:30:02+00:00',
    '2026-03-29t10:30:02z': '2026-03-29T10:30:02+00:00',
    '2026-03-29 10:30:02': '2026-03-29T10:30:02+00:00',
    ' 2026-03-29T10:30:02+00:00 ': '2026-03-29T10:30:02+00:00',
    '2026-03-29T10:30': '2026-03-29T10:30:00+00:00',
    '2026-03-29T10:30:02.5+00:00': '2026-03-29T10:30:02.500000+00:00',
    '2026-03-29T10:30:02,5+00:00': '2026-03-29T10:30:02.500000+00:00',
    '2026-03-29T10:30:02.000000+00:00': '2026-03-29T10:30:02+00:00',
    '2026-03-29T10:30:02.123456789Z': '2026-03-29T10:30:02.123456+00:00',
    '2026-03-29T12:30:02+02:00': '2026-03-29T10:30:02+00:00',
    '2026-03-29T05:00:02-0530': '2026-03-29T10:30:02+00:00',
    '2026-03-29T11:30:02+01': '2026-03-29T10:30:02+00:00',
    '2026-03-30T00:00:00+13:29:58': '2026-03-29T10:30:02+00:00',
    '2026-03-29T10:30:02-00:00': '2026-03-29T10:30:02+00:00',
  };
  for (const [text, meant] of Object.entries(spellings)) {
    it(`spelt ${JSON.stringify(text)} counts as ${meant}, and is shown as it was recorded`, () => {
      const { time, texts } = kept(text);
      assert.equal(isoOfMicroseconds(time), meant);
      assert.deepEqual(texts, [text, text]);
    });
  }

  it('is no time where the calendar does not have it, and stays what it is', () => {
    for (const text of [
      '2026-02-29T00:00:00+00:00',
      '2100-02-29T00:00:00+00:00',
      '2026-04-31T00:00:00+00:00',
      '2026-13-01T00:00:00+00:00',
      '2026-00-01T00:00:00+00:00',
      '2026-01-00T00:00:00+00:00',
      '2026-01-01T24:00:00+00:00',
      '2026-01-01T00:60:00+00:00',
      '2026-01-01T00:00:60+00:00',
      '0000-01-01T00:00:00+00:00',
      '2026-01-01T00:00:00+24:00',
      '2026-01-01T00:00:00-99:99',
      '2026-01-01T00:00:00+05:60',
      '2026-01-01T00:00:00+05:30:60',
      '2026-01-01T00:00:00+05:',
      '2026-01-01',
      'yesterday',
      '',
      '1774780202',
      '2026-01-01T00:00:00+00:00\u0000',
      '\u202e2026-01-01T00:00:00+00:00',
    ]) {
      const { time, texts } = kept(text);
      assert.ok(Number.isNaN(time), text);
      assert.deepEqual(texts, [text, text]);
    }
    for (const text of ['2024-02-29T00:00:00+00:00', '2000-02-29T00:00:00+00:00']) {
      assert.equal(microsecondsOf(text), Date.parse(text) * 1000);
      assert.equal(plain(text), Date.parse(text) * 1000);
    }
  });

  it('that is very long is no time, and does not take long', () => {
    for (const text of [' '.repeat(1e6) + 'x', '1'.repeat(1e6), `2026-03-29T10:30:02${' '.repeat(1e6)}x`]) {
      assert.ok(Number.isNaN(microsecondsOf(text)));
    }
  }).timeout(2_000);
});
