/** Sequence ids as canonical JSON texts: usually integers, but nothing in the format makes them so. */

const INTEGER = /^-?\d+$/;

/** The integer that a sequence id is, or undefined. */
export function sequenceNumber(text: string): bigint | undefined {
  return INTEGER.test(text) ? BigInt(text) : undefined;
}

/** How far `later` is from `earlier`, or undefined where one of them is no integer. */
export function sequenceDistance(earlier: string, later: string): bigint | undefined {
  if (!INTEGER.test(earlier) || !INTEGER.test(later)) return undefined;
  return BigInt(later) - BigInt(earlier);
}

/** The integer between `start` and `end`, where it is small enough for exact arithmetic; otherwise NaN. */
export function smallInteger(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 15) return NaN;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = bytes[i] - 0x30;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}
