import { inAscii, pyInt } from './pyInt';

/** `construct_yaml_int` and `construct_yaml_float` of PyYAML 6.0.3. Both return undefined where Python raises. */

export function yamlInt(text: string): bigint | undefined {
  const { isNegative, digits } = withoutSign(text.replaceAll('_', ''));
  const size = sizeOfInt(digits);
  return isNegative && size !== undefined ? -size : size;
}

function sizeOfInt(digits: string): bigint | undefined {
  if (digits === '') return undefined;
  if (digits.startsWith('0b')) return inBase('0b', digits.slice(2));
  if (digits.startsWith('0x')) return inBase('0x', digits.slice(2));
  if (digits.startsWith('0')) return digits === '0' ? 0n : inBase('0o', digits);
  if (digits.includes(':')) return sexagesimal(digits.split(':'));
  return decimal(digits);
}

function decimal(digits: string): bigint | undefined {
  if (/^[0-9]{1,300}$/.test(digits)) return BigInt(digits);
  try {
    return pyInt(digits);
  } catch {
    return undefined;
  }
}

/** `int(digits, base)`, which takes a sign, white space around it, and the prefix of its base a second time. */
function inBase(prefix: '0b' | '0o' | '0x', digits: string): bigint | undefined {
  const [, sign, size] = /^[\t-\r ]*([-+]?)([^]*?)[\t-\r ]*$/.exec(inAscii(digits))!;
  const bare = size.toLowerCase().startsWith(prefix) ? size.slice(2) : size;
  if (!DIGITS[prefix].test(bare)) return undefined;
  const value = BigInt(prefix + bare);
  return sign === '-' ? -value : value;
}

const DIGITS = { '0b': /^[01]+$/, '0o': /^[0-7]+$/, '0x': /^[0-9a-f]+$/i };

/** `1:30:00` is 5400. By twos: part by part takes time that grows with the square of their number. */
function sexagesimal(parts: readonly string[]): bigint | undefined {
  const values = parts.map(decimal);
  if (!values.every((value) => value !== undefined)) return undefined;
  let digits = values.reverse();
  for (let base = 1n; digits.length > 1;) {
    base = base === 1n ? 60n : base * base;
    const larger: bigint[] = [];
    for (let i = 0; i < digits.length; i += 2) larger.push(digits[i] + (digits[i + 1] ?? 0n) * base);
    digits = larger;
  }
  return digits[0];
}

export function yamlFloat(text: string): number | undefined {
  const { isNegative, digits } = withoutSign(text.replaceAll('_', '').toLowerCase());
  const size = sizeOfFloat(digits);
  return isNegative && size !== undefined ? -size : size;
}

function sizeOfFloat(digits: string): number | undefined {
  if (digits === '') return undefined;
  if (digits === '.inf') return Infinity;
  if (digits === '.nan') return NaN;
  if (!digits.includes(':')) return pythonFloatOf(digits);
  let base = 1n;
  let sum = 0;
  for (const part of digits.split(':').reverse()) {
    const digit = pythonFloatOf(part);
    // Python cannot make a float of so large an int.
    if (digit === undefined || Number(base) === Infinity) return undefined;
    sum += digit * Number(base);
    base *= 60n;
  }
  return sum;
}

/** `float(text)` */
function pythonFloatOf(text: string): number | undefined {
  const bare = inAscii(text).replace(/^[\t-\r ]+|[\t-\r ]+$/g, '');
  const special = /^([-+]?)(inf|infinity|nan)$/i.exec(bare);
  if (special !== null) {
    const size = special[2].toLowerCase() === 'nan' ? NaN : Infinity;
    return special[1] === '-' ? -size : size;
  }
  return /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?$/i.test(bare) ? Number(bare) : undefined;
}

function withoutSign(text: string): { isNegative: boolean; digits: string } {
  const hasSign = text.startsWith('-') || text.startsWith('+');
  return { isNegative: text.startsWith('-'), digits: hasSign ? text.slice(1) : text };
}
