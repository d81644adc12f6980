import { decimalValue, isSpace } from './unicode';

/** Python converts no text with more digits to a number. */
export const MAX_DIGITS = 4300;

/**
 * What Python's `int` makes of a text: white space around it, a sign, decimal digits of any script, single underscores
 * between digits. Undefined where it refuses.
 */
export function pythonInt(text: string): bigint | undefined {
  const points = Array.from(text, (character) => character.codePointAt(0)!);
  let start = 0;
  let end = points.length;
  while (start < end && isSpace(points[start])) start++;
  while (start < end && isSpace(points[end - 1])) end--;
  const sign = points[start] === 0x2d ? '-' : '';
  if (points[start] === 0x2b || points[start] === 0x2d) start++;
  let digits = '';
  for (let i = start; i < end; i++) {
    const value = decimalValue(points[i]);
    if (value !== undefined) digits += value;
    // An underscore stands alone between two digits.
    else if (points[i] !== 0x5f || i === start || i === end - 1 || points[i - 1] === 0x5f) return undefined;
  }
  if (digits === '' || digits.length > MAX_DIGITS) return undefined;
  return BigInt(sign + digits);
}
