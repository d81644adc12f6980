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
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return () => 0;
  }
  const aheadAt = (time: number): number => {
    const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    const shown = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
    return Math.round((shown - Math.floor(time / 1000) * 1000) / 60_000);
  };
  // The offset at a moment near by leads to the moment; there it may be another one, around a change of the clocks.
  return (shown) => aheadAt(shown - aheadAt(shown) * 60_000);
}
