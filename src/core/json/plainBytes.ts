/** Bytes that stand for themselves inside a JSON text: printable ASCII but the quote and the backslash. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** 1 for such bytes. */
export const PLAIN = new Uint8Array(256);
for (let byte = 0x20; byte < 0x7f; byte++) PLAIN[byte] = 1;
PLAIN[QUOTE] = 0;
PLAIN[BACKSLASH] = 0;

/**
 * Of the four bytes of a word, marks those that do not stand for themselves in a text: below 0x20, above 0x7e, the quote,
 * the backslash. Exact for the lowest marked byte; those above it may be marked in error.
 * (Bytes are compared four at a time by the borrow of a subtraction: Warren, Hacker's Delight, 6-1.)
 */
export function specialBytes(word: number): number {
  const quote = word ^ 0x22222222;
  const backslash = word ^ 0x5c5c5c5c;
  return (
    (((quote - 0x01010101) & ~quote) |
      ((backslash - 0x01010101) & ~backslash) |
      ((word - 0x20202020) & ~word) |
      (word + 0x01010101) |
      word) &
    0x80808080
  );
}
