import { utf8 } from '../json/utf8';

/**
 * Whether a timestamp is not earlier than another, both given as canonical JSON texts in bytes (quotes included).
 *
 * The form that Python writes in UTC compares as bytes, for `+` sorts before the `.` of a fraction. Other ISO 8601 forms
 * are read with their offset; what cannot be read is never called earlier.
 */
export function followsInTime(
  before: Uint8Array,
  beforeStart: number,
  beforeEnd: number,
  after: Uint8Array,
  afterStart: number,
  afterEnd: number,
): boolean {
  if (endsInUtc(before, beforeEnd) && endsInUtc(after, afterEnd)) {
    const length = Math.min(beforeEnd - beforeStart, afterEnd - afterStart);
    for (let i = 1; i < length; i++) {
      const a = before[beforeStart + i];
      const b = after[afterStart + i];
      if (b > a) return true;
      if (b < a) break;
      if (i === length - 1) return true;
    }
  }
  const earlier = microseconds(before, beforeStart, beforeEnd);
  const later = microseconds(after, afterStart, afterEnd);
  return earlier === undefined || later === undefined || later >= earlier;
}

const UTC = utf8('+00:00"');

function endsInUtc(text: Uint8Array, end: number): boolean {
  const start = end - UTC.length;
  for (let i = 0; i < UTC.length; i++) if (text[start + i] !== UTC[i]) return false;
  return true;
}

const ISO = /^"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?(Z|[+-]\d\d:?\d\d)?"$/;

/** Microseconds since 1970, or undefined for what is no ISO 8601 time. A time without offset counts as UTC. */
function microseconds(text: Uint8Array, start: number, end: number): bigint | undefined {
  if (end - start > 64) return undefined;
  const parts = ISO.exec(String.fromCharCode(...text.subarray(start, end)));
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
  const fraction = Number((parts[7] ?? '').padEnd(6, '0'));
  const offset = /([+-])(\d\d):?(\d\d)/.exec(parts[8] ?? '');
  const ahead = offset === null ? 0 : (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? -1 : 1);
  const seconds = Date.UTC(year, month - 1, day, hour, minute - ahead, second) / 1000;
  return BigInt(seconds) * 1_000_000n + BigInt(fraction);
}
