import { microsecondsOf } from '../timestamp';

/** A stretch of time in microseconds since 1970: from `from` on, before `to`. Infinite where it is open. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** What a filter's times are read against. */
export interface TimeReading {
  /** The time now, in milliseconds since 1970. */
  readonly now: number;
  /** Minutes that the clock on the wall is ahead of UTC at a time given as if it were UTC, in milliseconds. */
  readonly ahead?: (wallClock: number) => number;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

const WRITTEN =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T_](\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,6}))?)?)?)?)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * The time that a text means, and all of it: `2026-03-29` is a day, `2026-03-29T10:30` a minute, `-15m` the moment a quarter of an
 * hour ago. undefined where it is no time. Without an offset the wall clock counts.
 */
export function readTime(text: string, reading: TimeReading): TimeRange | undefined {
  const ago = /^-(\d{1,6})([smhdw])$/i.exec(text);
  if (ago !== null) {
    const moment = (reading.now - Number(ago[1]) * UNITS[ago[2].toLowerCase()] * 1000) * 1000;
    return { from: moment, to: moment + 1 };
  }
  const found = WRITTEN.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = found;
  const start = microsecondsOf(
    `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.${fraction ?? '0'}${zone ?? 'Z'}`,
  );
  if (Number.isNaN(start)) return undefined;
  const shift = zone === undefined ? (reading.ahead?.(start / 1000) ?? 0) * 60_000_000 : 0;
  return { from: start - shift, to: start - shift + lengthOf(found) };
}

/** Microseconds that a time covers as it is written. */
function lengthOf([, year, month, day, hour, minute, second, fraction]: RegExpExecArray): number {
  if (fraction !== undefined) return 10 ** (6 - fraction.length);
  if (second !== undefined) return 1_000_000;
  if (minute !== undefined) return 60_000_000;
  if (hour !== undefined) return 3_600_000_000;
  if (day !== undefined) return 86_400_000_000;
  const next = month === undefined ? Date.UTC(Number(year) + 1, 0) : Date.UTC(Number(year), Number(month)); // the month after
  return (next - Date.UTC(Number(year), month === undefined ? 0 : Number(month) - 1)) * 1000;
}
