import type { ShownTime } from '../core/log/filter/moment';

/** The clock on the wall of a time zone. All times are in milliseconds, shown ones as if they were UTC. */
export interface WallClock {
  /** When the clock shows a time. */
  readonly whenShown: (shown: number) => ShownTime;
  /** How far it is ahead of UTC. */
  readonly aheadAt: (time: number) => number;
}

/** Clocks change by less than this, and not twice within it. */
const DAY = 86_400_000;

const UTC: WallClock = { whenShown: (shown) => ({ first: shown, last: shown, isSkipped: false }), aheadAt: () => 0 };

/** @param timeZone its IANA name; the clock of a zone that is not known shows UTC. */
export function wallClock(timeZone: string | undefined): WallClock {
  const format = timeZone === undefined || timeZone === 'UTC' ? undefined : formatOf(timeZone);
  if (format === undefined) return UTC;
  const aheadAt = (time: number): number => {
    const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value;
    return millisecondsOf(name ?? '');
  };
  return {
    aheadAt,
    whenShown: (shown) => {
      // Around a change of the clocks it is one or the other, or both, or neither.
      const [before, after] = [aheadAt(shown - DAY), aheadAt(shown + DAY)];
      const times = [...new Set([before, after])].map((ahead) => shown - ahead);
      const shownAt = times.filter((time) => time + aheadAt(time) === shown);
      if (shownAt.length > 0) return { first: Math.min(...shownAt), last: Math.max(...shownAt), isSkipped: false };
      const change = changeBetween(Math.min(...times), Math.max(...times), aheadAt);
      return { first: change, last: change, isSkipped: true };
    },
  };
}

/** Whether a zone of that name is known here. */
export function isKnownZone(timeZone: string): boolean {
  return formatOf(timeZone) !== undefined;
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
}

/** The first millisecond at which the clock is set otherwise than at the earlier of two times. */
function changeBetween(earlier: number, later: number, aheadAt: (time: number) => number): number {
  const before = aheadAt(earlier);
  let [low, high] = [Math.floor(earlier), Math.ceil(later)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (aheadAt(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** Of `GMT-05:00`; `GMT` is 0. Of long ago, when each town had a time of its own, there are seconds, too. */
function millisecondsOf(offset: string): number {
  const found = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(offset);
  if (found === null) return 0;
  const [, sign, hours, minutes, seconds = '0'] = found;
  const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -size : size;
}
