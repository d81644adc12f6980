import { LONGEST_PATTERN } from '../../conditions/parameters';

/** Whether a regular expression has more characters than the reference searches for. */
export function isTooLongPattern(pattern: string): boolean {
  return (
    pattern.length > LONGEST_PATTERN && (pattern.length > 2 * LONGEST_PATTERN || [...pattern].length > LONGEST_PATTERN)
  );
}
