import { PyError } from '../pyError';
import { pyInt } from '../pyInt';
import { pyStrip } from '../pyText';
import { isBytes, pyNoun, pyTypeName } from '../pyValues';
import { shownValue } from '../shownValue';
import type { PyValue } from '../yamlTree';
import type { Condition } from './condition';

const MINUTE = 60_000_000;
const DAY = 24 * 60 * MINUTE;

/** `time_after` holds from the named minute on, `time_before` until right before it: UTC, within one day. */
export function timeCondition(key: 'time_after' | 'time_before', value: PyValue): Condition {
  let threshold: number | undefined;
  return {
    key,
    value,
    check({ clock, work }) {
      // (Aliases can put one long text into thousands of rules.)
      if (threshold === undefined && typeof value === 'string') work.spend(value.length);
      threshold ??= parseTimeOfDay(value);
      const now = sinceMidnight(clock);
      const holds = key === 'time_after' ? now >= threshold : now < threshold;
      return holds ? undefined : { kind: 'time', key, threshold, now };
    },
  };
}

/**
 * A time as the reference reads it: hours and minutes as ints with a colon between; what follows a second colon is not looked at.
 *
 * @returns microseconds since midnight.
 * @throws PyError as `int()`, the list index and `datetime.time` do.
 */
export function parseTimeOfDay(value: PyValue): number {
  try {
    return timeOfDay(value);
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    const plain = typeof value === 'string' ? `${shownValue(value)} is no time of day` : `this is ${pyNoun(value)}`;
    throw new PyError(error.type, error.said, `${plain}; a time of day is a text such as "18:00", in quotes`);
  }
}

function timeOfDay(value: PyValue): number {
  if (isBytes(value)) throw raised('TypeError', "a bytes-like object is required, not 'str'");
  if (typeof value !== 'string')
    throw raised('AttributeError', `'${pyTypeName(value)}' object has no attribute 'strip'`);
  const parts = pyStrip(value).split(':');
  const hour = pyInt(parts[0]);
  if (parts.length < 2) throw raised('IndexError', 'list index out of range');
  const minute = pyInt(parts[1]);
  for (const part of [hour, minute]) checkSize(part);
  if (hour < 0n || hour > 23n) throw raised('ValueError', 'hour must be in 0..23');
  if (minute < 0n || minute > 59n) throw raised('ValueError', 'minute must be in 0..59');
  return (Number(hour) * 60 + Number(minute)) * MINUTE;
}

/** `datetime.time` takes what C calls an int. */
function checkSize(part: bigint): void {
  if (part !== BigInt.asIntN(64, part)) throw raised('OverflowError', 'Python int too large to convert to C long');
  if (part !== BigInt.asIntN(32, part))
    throw raised('OverflowError', `signed integer is ${part > 0n ? 'greater than maximum' : 'less than minimum'}`);
}

function raised(type: string, said: string): PyError {
  return new PyError(type, said, '');
}

/** Microseconds since midnight in UTC, of a moment in microseconds since 1970. */
export function sinceMidnight(clock: number): number {
  return clock - Math.floor(clock / DAY) * DAY;
}

/** The day of the week in UTC: 1 is Monday, 7 Sunday. */
export function isoWeekday(clock: number): number {
  // 1970 began on a Thursday.
  const days = Math.floor(clock / DAY) + 3;
  return days - Math.floor(days / 7) * 7 + 1;
}
