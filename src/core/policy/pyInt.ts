import { PyError } from './pyError';
import { pyReprStart } from './pyText';
import { isBytes, pyNoun, pyNumber, pyTypeName } from './pyValues';
import type { PyValue } from './yamlTree';

/**
 * `int(value)`: of a text its decimal digits, any script's, with a sign, white space round them and single underscores between them;
 * of a number what is before the point.
 *
 * @throws PyError as Python does.
 */
export function pyInt(value: PyValue): bigint {
  if (typeof value === 'string') return ofText(inAscii(value), value);
  if (isBytes(value)) return ofText(value.bytes.map((byte) => String.fromCharCode(byte)).join(''), value);
  const number = pyNumber(value);
  if (typeof number === 'bigint') return number;
  if (number === undefined)
    throw new PyError(
      'TypeError',
      `int() argument must be a string, a bytes-like object or a real number, not '${pyTypeName(value)}'`,
      `${pyNoun(value)} is no number`,
    );
  if (Number.isNaN(number)) throw new PyError('ValueError', 'cannot convert float NaN to integer', 'NaN is no number');
  if (!Number.isFinite(number))
    throw new PyError('OverflowError', 'cannot convert float infinity to integer', 'infinity is no whole number');
  return BigInt(Math.trunc(number));
}

function ofText(ascii: string, value: PyValue): bigint {
  const found = INTEGER.exec(ascii);
  const digits = found?.[2].replaceAll('_', '') ?? '';
  // Python counts them before it looks at what follows.
  if (digits.length > MOST_DIGITS)
    throw new PyError(
      'ValueError',
      `Exceeds the limit (${MOST_DIGITS} digits) for integer string conversion: value has ${digits.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
      'it has more than 4,300 digits',
    );
  if (found === null || !/^[\t-\r ]*$/.test(ascii.slice(found[0].length)))
    throw new PyError(
      'ValueError',
      // (Python shows 200 characters of it.)
      `invalid literal for int() with base 10: ${cut(pyReprStart(value, MOST_SHOWN))}`,
      'it is no whole number',
    );
  const size = BigInt(digits);
  return found[1] === '-' ? -size : size;
}

const INTEGER = /^[\t-\r ]*([+-]?)(\d+(?:_\d+)*)(?![\d_])/;
const MOST_DIGITS = 4300;
const MOST_SHOWN = 4000;

/** Other scripts' digits and white space as those of ASCII. */
export function inAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (character) => {
    if (/[\x85\p{Z}]/u.test(character)) return ' ';
    return /\p{Nd}/u.test(character) ? String(digitOf(character.codePointAt(0)!)) : character;
  });
}

/** The digits of a script stand together from its zero on, those of several scripts behind one another. */
function digitOf(point: number): number {
  let zero = point;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return (point - zero) % 10;
}

function cut(repr: string): string {
  const points = [...repr];
  return points.length > 200 ? points.slice(0, 200).join('') : repr;
}
