import type { FilterProblem } from '../core/log/filter/filter';
import { parseFilter } from '../core/log/filter/parseFilter';
import type { LogSource } from './logSource';
import { LogView, type Scope } from './logView';
import { wallClock } from './wallClock';

/** A filter as it was written, and the clock that its times are read by. */
export interface WrittenFilter {
  readonly text: string;
  readonly now: number;
  /** IANA name of the time zone; UTC where it is left out. */
  readonly timeZone?: string;
}

export type Answered<T> = T | { readonly problem: FilterProblem };

export function readFilter({ text, now, timeZone }: WrittenFilter): ReturnType<typeof parseFilter> {
  return parseFilter(text, { now, whenShown: wallClock(timeZone).whenShown });
}

/** The positions of the entries of a scope that a filter lets through, in the log's order. */
export async function matchesOf(
  source: LogSource,
  scope: Scope,
  written: WrittenFilter,
  pause: () => Promise<void>,
): Promise<Answered<{ readonly matches: Uint32Array }>> {
  const parsed = readFilter(written);
  if (parsed.problem) return parsed;
  const view = new LogView(source, {
    scope,
    filter: parsed.filter,
    group: 'none',
    closed: [],
    histogram: 'decision',
    bins: 1,
  });
  await view.fill(pause, () => undefined);
  return view;
}
