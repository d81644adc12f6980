/**
 * Timestamps as Python's isoformat writes them: `2026-03-29T10:30:02.114000+00:00`, without the fraction where it is 0.
 */

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?$/i;

/**
 * Microseconds since 1970, or NaN where the text is no time. A time without an offset counts as UTC, as all that the reference
 * writes is.
 */
export function microsecondsOf(text: string): number {
  const found = ISO.exec(text.trim());
  if (found === null) return NaN;
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone = 'Z'] = found;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number);
  if (y < 1 || mo < 1 || mo > 12 || d < 1 || d > daysIn(y, mo) || h > 23 || mi > 59 || s > 59) return NaN;
  const date = new Date(0);
  date.setUTCFullYear(y, mo - 1, d);
  date.setUTCHours(h, mi, s);
  return date.getTime() * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0')) - offsetSeconds(zone) * 1_000_000;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** NaN where no clock is that far off. */
function offsetSeconds(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const [hours, minutes = 0, seconds = 0] = (zone.match(/\d\d/g) ?? []).map(Number);
  if (hours > 23 || minutes > 59 || seconds > 59) return NaN;
  const size = hours * 3600 + minutes * 60 + seconds;
  return zone.startsWith('-') ? -size : size;
}

/** The text that the reference writes for a time. */
export function isoOfMicroseconds(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = microseconds - Math.floor(microseconds / 1_000_000) * 1_000_000;
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return '';
  const start = date.toISOString().slice(0, 19);
  return `${start}${rest === 0 ? '' : `.${String(rest).padStart(6, '0')}`}+00:00`;
}

/**
 * The same for a text as bytes that is spelt as the reference spells it; NaN for any other, which may still be a time. For a log
 * of a million entries: no text is made.
 */
export function plainMicrosecondsOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length !== WITHOUT_FRACTION && length !== WITH_FRACTION) return NaN;
  const fraction = length === WITH_FRACTION ? digits(bytes, start + 20, 6) : 0;
  const zone = end - 6;
  const marks =
    bytes[start + 4] === DASH &&
    bytes[start + 7] === DASH &&
    bytes[start + 10] === T &&
    bytes[start + 13] === COLON &&
    bytes[start + 16] === COLON &&
    (length === WITHOUT_FRACTION || (bytes[start + 19] === POINT && fraction !== 0)) &&
    bytes[zone] === PLUS &&
    bytes[zone + 3] === COLON &&
    digits(bytes, zone + 1, 2) === 0 &&
    digits(bytes, zone + 4, 2) === 0;
  if (!marks) return NaN;
  const year = digits(bytes, start, 4);
  const month = digits(bytes, start + 5, 2);
  const day = digits(bytes, start + 8, 2);
  const hour = digits(bytes, start + 11, 2);
  const minute = digits(bytes, start + 14, 2);
  const second = digits(bytes, start + 17, 2);
  const isTime = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!isTime || !(hour <= 23) || !(minute <= 59) || !(second <= 59)) return NaN;
  return ((daysBefore(year, month, day) * 24 + hour) * 60 + minute) * 60_000_000 + second * 1_000_000 + fraction;
}

const WITHOUT_FRACTION = '2026-03-29T10:30:02+00:00'.length;
const WITH_FRACTION = WITHOUT_FRACTION + '.114000'.length;
const [DASH, COLON, POINT, PLUS, T] = [0x2d, 0x3a, 0x2e, 0x2b, 0x54];

function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let i = start; i < start + count; i++) {
    const digit = bytes[i] - 0x30;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Days from 1970-01-01 in the Gregorian calendar: years begin in March, so that the leap day is the last of one. */
function daysBefore(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  return (
    y * 365 +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) +
    Math.floor((m * 153 + 2) / 5) +
    day -
    719469
  );
}
