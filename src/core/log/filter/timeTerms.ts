import { fieldOf } from './fields';
import type { Filter } from './parse';
import type { TimeRange } from './timeText';

/** The filter without its terms about time: a picture of time shows what is beside the selection, too. */
export function withoutTimes({ terms }: Filter): Filter {
  return { terms: terms.filter(({ test }) => test.kind !== 'times') };
}

/** The stretch of time that all of its terms about time leave, in microseconds; undefined where it has none. */
export function timesOf({ terms }: Filter): TimeRange | undefined {
  let range: TimeRange | undefined;
  for (const { test, negated } of terms) {
    if (test.kind !== 'times' || negated) continue;
    const from = Math.min(...test.ranges.map((each) => each.from));
    const to = Math.max(...test.ranges.map((each) => each.to));
    range = { from: Math.max(from, range?.from ?? -Infinity), to: Math.min(to, range?.to ?? Infinity) };
  }
  return range;
}

export function isTimeField(name: string | undefined): boolean {
  return name !== undefined && fieldOf(name)?.kind === 'time';
}
