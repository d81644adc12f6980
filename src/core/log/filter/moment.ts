import { microsecondsOf } from '../timestamp';

/** What the times of a filter are read against. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: number;
  /**
   * When the clock on the wall shows a time, which is given as if it were UTC, in milliseconds. Left out, times without an offset
   * are UTC.
   */
  readonly whenShown?: (shown: number) => ShownTime;
}

/** When a clock on the wall shows a time, in milliseconds since 1970. */
export interface ShownTime {
  /** These are two where clocks went back and the time came twice. */
  readonly first: number;
  readonly last: number;
  /** Clocks went forward over the time: both are the moment at which they did. */
  readonly isSkipped: boolean;
}

/** A time as precise as it was written: `2026-03-29` is all of that day. In microseconds since 1970, from <= t < to. */
export interface Moment {
  readonly from: number;
  readonly to: number;
  /** The same once more, where clocks went back and the time came twice. */
  readonly again: { readonly from: number; readonly to: number } | undefined;
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
    return { from, to: from + 1, again: undefined, isDay: false, isAgo: true };
  }
  const found = ISO.exec(text);
  if (found === null) return undefined;
  const [, date, minute, second, fraction, offset] = found as (string | undefined)[];
  const written = microsecondsOf(
    `${date}T${minute ?? '00:00'}:${second ?? '00'}.${(fraction ?? '').padEnd(6, '0')}${offset ?? 'Z'}`,
  );
  const isDay = minute === undefined;
  const moment = isDay
    ? dayOf(written, clock)
    : timesOf(written, lengthOf(second, fraction), offset === undefined ? clock.whenShown : undefined);
  return Number.isFinite(moment.from) && Number.isFinite(moment.to) ? { ...moment, isDay, isAgo: false } : undefined;
}

type Times = Pick<Moment, 'from' | 'to' | 'again'>;

/** The day on which clocks are changed is longer or shorter, and where they are changed at midnight, it begins when they are. */
function dayOf(midnight: number, { whenShown }: Clock): Times {
  const [from, to] = [midnight, midnight + DAY * 1000].map((time) =>
    whenShown === undefined || Number.isNaN(time) ? time : whenShown(time / 1000).first * 1000,
  );
  return { from, to, again: undefined };
}

function timesOf(written: number, length: number, whenShown: Clock['whenShown']): Times {
  if (whenShown === undefined || Number.isNaN(written))
    return { from: written, to: written + length, again: undefined };
  const milliseconds = Math.floor(written / 1000);
  const { first, last, isSkipped } = whenShown(milliseconds);
  if (isSkipped) return { from: first * 1000, to: first * 1000, again: undefined };
  const rest = written - milliseconds * 1000;
  const at = (time: number): { from: number; to: number } => {
    const from = time * 1000 + rest;
    return { from, to: from + length };
  };
  return { ...at(first), again: last === first ? undefined : at(last) };
}

function lengthOf(second: string | undefined, fraction: string | undefined): number {
  if (fraction !== undefined) return 10 ** (6 - fraction.length);
  return second === undefined ? MINUTE : SECOND;
}
