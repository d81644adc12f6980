/**
 * How far the clock on the wall of a time zone is ahead of UTC, for a time given as the wall clock shows it.
 *
 * @param timeZone its IANA name.
 * @returns minutes, by a wall-clock time in milliseconds as if it were UTC; 0 for a zone that is not known.
 */
export function wallClock(timeZone: string | undefined): (shown: number) => number {
  if (timeZone === undefined || timeZone === 'UTC') return () => 0;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return () => 0;
  }
  const aheadAt = (time: number): number => {
    const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value;
    return minutesOf(name ?? '');
  };
  // The offset at a moment near by leads to the moment; there it may be another one, around a change of the clocks.
  return (shown) => aheadAt(shown - aheadAt(shown) * 60_000);
}

/** Of `GMT-05:00`; `GMT` is 0. Of long ago, when each town had a time of its own, there are seconds, too: they are rounded. */
function minutesOf(offset: string): number {
  const found = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(offset);
  if (found === null) return 0;
  const [, sign, hours, minutes, seconds = '0'] = found;
  const size = Number(hours) * 60 + Number(minutes) + Math.round(Number(seconds) / 60);
  return sign === '-' ? -size : size;
}
