/**
 * Writes a double the way Python's `repr` (and so its `json`) does.
 *
 * The shortest digits that read back as the same double are the same in both languages; only the notation differs. With
 * decimal exponent e, Python is positional for -4 <= e < 16 and always shows a digit after the point; elsewhere it is
 * scientific with a sign and at least two digits in the exponent. JavaScript is positional for -7 <= e < 21.
 *
 * Source: CPython `float_repr_style` "short", as `json.dumps` uses it.
 */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'Infinity';
  if (value === -Infinity) return '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e16) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [mantissa, exponent] = value.toExponential().split('e');
  const sign = exponent[0];
  const digits = exponent.slice(1).padStart(2, '0');
  return `${mantissa}e${sign}${digits}`;
}
