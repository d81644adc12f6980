/**
 * A stretch of time as a term of the filter: `time:FROM..TO`, without TO itself. The page writes it when somebody drags over the
 * histogram; all else of the filter's language is the host's.
 */

/** Milliseconds since 1970. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The filter with its `time:` terms replaced by one for this stretch, or taken out where there is none. */
export function withTime(filter: string, range: TimeRange | undefined): string {
  const kept = termsOf(filter).filter((term) => !/^(time|timestamp):/i.test(term));
  if (range === undefined) return kept.join(' ');
  // What is put behind an open quote would be a part of what is quoted.
  const isOpen = (kept.at(-1)?.match(/"/g)?.length ?? 0) % 2 === 1;
  if (isOpen) kept.push(`${kept.pop()!}"`);
  kept.push(`time:${iso(Math.floor(range.from))}..${iso(Math.ceil(range.to))}`);
  return kept.join(' ');
}

/** As the filter's language divides them: where there is white space outside of quotes. */
function termsOf(filter: string): string[] {
  return filter.match(/(?:"[^"]*(?:"|$)|[^\s"])+/g) ?? [];
}

/** Times that no calendar of four-digit years has are cut to its ends. */
function iso(milliseconds: number): string {
  return new Date(Math.min(LAST, Math.max(FIRST, milliseconds))).toISOString();
}

/** The first millisecond of the year 0. */
const FIRST = -62_167_219_200_000;
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
