/**
 * A stretch of time as a term of the filter: `time:FROM..TO`. The page writes it when somebody drags over the histogram; all
 * else of the filter's language is the host's.
 */

/** Milliseconds since 1970. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The filter with its `time:` terms replaced by one for this stretch, or taken out where there is none. */
export function withTime(filter: string, range: TimeRange | undefined): string {
  const kept = termsOf(filter).filter((term) => !/^time:/i.test(term));
  if (range !== undefined) kept.push(`time:${iso(Math.floor(range.from))}..${iso(Math.ceil(range.to))}`);
  return kept.join(' ');
}

/** Runs without white space outside of double quotes; a backslash takes the character after it along. */
function termsOf(filter: string): string[] {
  const terms: string[] = [];
  let term = '';
  let isQuoted = false;
  for (let i = 0; i < filter.length; i++) {
    const character = filter[i];
    if (!isQuoted && /\s/.test(character)) {
      if (term !== '') terms.push(term);
      term = '';
      continue;
    }
    if (character === '"') isQuoted = !isQuoted;
    term += character;
    if (character === '\\' && isQuoted && i + 1 < filter.length) term += filter[++i];
  }
  if (term !== '') terms.push(term);
  return terms;
}

/** Times that no calendar of four-digit years has are cut to its ends. */
function iso(milliseconds: number): string {
  return new Date(Math.min(LAST, Math.max(FIRST, milliseconds))).toISOString();
}

/** The first millisecond of the year 0. */
const FIRST = -62_167_219_200_000;
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
