import type { Filter, TimeTest } from './filter';

/** Microseconds since 1970, from <= t < to, infinite where it is open. */
export type TimeRange = Exclude<TimeTest, 'none'>;

/**
 * The stretch of time that a filter's terms about it leave, as far as it is one: of several values the one around all of them.
 * What is excluded bounds nothing. undefined where no term bounds it.
 */
export function timesOf({ terms }: Filter): TimeRange | undefined {
  let from = -Infinity;
  let to = Infinity;
  for (const term of terms) {
    if (term.kind !== 'time' || term.isNegated) continue;
    const ranges = term.tests.filter((test) => test !== 'none');
    if (ranges.length === 0) continue;
    from = Math.max(
      from,
      ranges.reduce((least, range) => Math.min(least, range.from), Infinity),
    );
    to = Math.min(
      to,
      ranges.reduce((most, range) => Math.max(most, range.to), -Infinity),
    );
  }
  if (from === -Infinity && to === Infinity) return undefined;
  // Terms that exclude each other leave an empty stretch, not one that runs backwards.
  return { from, to: Math.max(from, to) };
}

/** The filter without its terms about time: a picture of time shows what is beside the selection, too. */
export function withoutTimes({ terms }: Filter): Filter {
  return { terms: terms.filter(({ kind }) => kind !== 'time') };
}

/** Its terms about time alone. */
export function onlyTimes({ terms }: Filter): Filter {
  return { terms: terms.filter(({ kind }) => kind === 'time') };
}
