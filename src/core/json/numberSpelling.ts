/** How numbers are spelt in JSON, as bytes. */

const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;
const PLUS = 0x2b;

/**
 * Whether a decimal fraction is written as Python writes it, without working it out: up to 15 significant digits name one
 * double and come back as they are, if none is superfluous and Python would not take an exponent.
 */
export function isShortest(src: Uint8Array, start: number, point: number, end: number): boolean {
  if (end - start > 16) return false;
  if (src[end - 1] === ZERO) return end === point + 2;
  if (src[start] !== ZERO) return true;
  // Below 0.0001 Python takes an exponent.
  for (let i = point + 1; i < end && i <= point + 4; i++) if (src[i] !== ZERO) return true;
  return false;
}

/** Behind the digits that start at `from`; `otherwise` where there are none. */
export function endOfDigits(src: Uint8Array, from: number, otherwise: number): number {
  let p = from;
  while (src[p] >= ZERO && src[p] <= NINE) p++;
  return p === from ? otherwise : p;
}

/** Behind the exponent at `p`; `p` where there is none. */
export function endOfExponent(src: Uint8Array, p: number): number {
  if (src[p] !== 0x65 && src[p] !== 0x45) return p;
  const sign = src[p + 1] === PLUS || src[p + 1] === MINUS ? 1 : 0;
  return endOfDigits(src, p + 1 + sign, p);
}
