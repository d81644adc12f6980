import { microsecondsOf } from '../timestamp';

/** What the times of a filter are read against. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: number;
  /**
   * Minutes that the clock on the wall is ahead of UTC when it shows a time; that time is given as if it were UTC, in
   * milliseconds. Left out, times without an offset are UTC.
   */
  readonly ahead?: (shown: number) => number;
}

/** A time as precise as it was written: `2026-03-29` is all of that day. In microseconds since 1970, from <= t < to. */
export interface Moment {
  readonly from: number;
  readonly to: number;
  readonly isDay: boolean;
  /** So long ago, as `-15m`. */
  readonly isAgo: boolean;
}

const AGO = /^-(\d{1,9})([smhdw])$/i;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,6}))?)?(Z|[+-]\d\d:\d\d)?)?$/i;
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const DAY = 86_400_000;

/** Reads a time of a filter; undefined where it is none. */
export function momentOf(text: string, clock: Clock): Moment | undefined {
  const ago = AGO.exec(text);
  if (ago !== null) {
    const from = Math.floor((clock.now - Number(ago[1]) * SECONDS[ago[2].toLowerCase()] * 1000) * 1000);
    return { from, to: from + 1, isDay: false, isAgo: true };
  }
  const found = ISO.exec(text);
  if (found === null) return undefined;
  const [, date, minute, second, fraction, offset] = found as (string | undefined)[];
  const written = microsecondsOf(
    `${date}T${minute ?? '00:00'}:${second ?? '00'}.${(fraction ?? '').padEnd(6, '0')}${offset ?? 'Z'}`,
  );
  const isDay = minute === undefined;
  const from = offset === undefined ? fromWall(written, clock) : written;
  // The day on which clocks are changed is longer or shorter.
  const to = isDay ? fromWall(written + DAY * 1000, clock) : from + lengthOf(second, fraction);
  return Number.isFinite(from) && Number.isFinite(to) ? { from, to, isDay, isAgo: false } : undefined;
}

function fromWall(microseconds: number, { ahead }: Clock): number {
  return microseconds - (ahead?.(Math.floor(microseconds / 1000)) ?? 0) * MINUTE;
}

function lengthOf(second: string | undefined, fraction: string | undefined): number {
  if (fraction !== undefined) return 10 ** (6 - fraction.length);
  return second === undefined ? MINUTE : SECOND;
}
