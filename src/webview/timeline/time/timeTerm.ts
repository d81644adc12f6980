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
  const last = kept.at(-1);
  if (last !== undefined && OPEN_QUOTE.test(last)) kept[kept.length - 1] = `${last}"`;
  kept.push(`time:${iso(Math.floor(range.from))}..${iso(Math.ceil(range.to))}`);
  return kept.join(' ');
}

/** The filter's terms: a word, or a field with its values between commas, each of which may stand in quotes. */
function termsOf(filter: string): string[] {
  return [...filter.matchAll(TERM)].map(([term]) => term);
}

const VALUE = String.raw`(?:"[^"]*"?|[^\s",][^\s,]*)?`;
const OPEN_QUOTE = new RegExp(String.raw`^(?:-?[a-z_]{1,20}:(?:${VALUE},)*|-?)"[^"]*$`, 'i');
const TERM = new RegExp(String.raw`-?[a-z_]{1,20}:${VALUE}(?:,${VALUE})*|-?"[^"]*"?|\S+`, 'gi');

/** Times that no calendar of four-digit years has are cut to its ends. */
function iso(milliseconds: number): string {
  return new Date(Math.min(LAST, Math.max(FIRST, milliseconds))).toISOString();
}

/** The first millisecond of the year 0. */
const FIRST = -62_167_219_200_000;
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
