const LF = 0x0a;
const CR = 0x0d;

/** Where the line that starts at `start` ends: the place of its LF or CR, or `limit`. */
export function endOfLine(src: Uint8Array, start: number, limit: number): number {
  let end = start;
  while (end < limit && src[end] !== LF && src[end] !== CR) end++;
  return end;
}

/** Where the next line starts, given where this one ends: LF, CR LF and a lone CR end a line, as in Python's text mode. */
export function startOfNextLine(src: Uint8Array, end: number): number {
  return src[end] === CR && src[end + 1] === LF ? end + 2 : end + 1;
}

/**
 * The first line start at `from` or behind it, where `src` holds `filled` bytes and `src[from - 1]` is one of them. -1
 * where more bytes are needed to tell; at the end of the file, `filled`.
 */
export function lineStartFrom(src: Uint8Array, from: number, filled: number, isEnd: boolean): number {
  const end = endOfLine(src, from - 1, filled);
  const undecided = end === filled || (src[end] === CR && end + 1 === filled);
  if (undecided) return isEnd ? filled : -1;
  return startOfNextLine(src, end);
}

/** The last line start in `src` up to `filled` that can be told without more bytes, or `start`, which is one. */
export function lastLineStart(src: Uint8Array, start: number, filled: number): number {
  for (let i = filled - 1; i >= start; i--) {
    if (src[i] === LF || (src[i] === CR && i + 1 < filled)) return i + 1;
  }
  return start;
}

/** The part of a line that `str.strip()` leaves: no Unicode white space at either end. */
export function stripped(src: Uint8Array, start: number, end: number): [from: number, to: number] {
  let from = start;
  let to = end;
  for (let size = spaceAt(src, from, to); size > 0; size = spaceAt(src, from, to)) from += size;
  for (let size = spaceBefore(src, from, to); size > 0; size = spaceBefore(src, from, to)) to -= size;
  return [from, to];
}

/** Bytes of the white-space character at `at`, 0 where there is none. */
function spaceAt(src: Uint8Array, at: number, end: number): number {
  if (at >= end) return 0;
  if (isAsciiSpace(src[at])) return 1;
  if (at + 1 < end && isTwoByteSpace(src[at], src[at + 1])) return 2;
  return at + 2 < end && isThreeByteSpace(src[at], src[at + 1], src[at + 2]) ? 3 : 0;
}

function spaceBefore(src: Uint8Array, start: number, end: number): number {
  if (end <= start) return 0;
  if (isAsciiSpace(src[end - 1])) return 1;
  if (end - 2 >= start && isTwoByteSpace(src[end - 2], src[end - 1])) return 2;
  return end - 3 >= start && isThreeByteSpace(src[end - 3], src[end - 2], src[end - 1]) ? 3 : 0;
}

/** U+0009 to U+000D, U+001C to U+001F and the space: what Python's `str.isspace` holds of ASCII. */
function isAsciiSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || (byte >= 0x1c && byte <= 0x1f);
}

/** U+0085, U+00A0. */
function isTwoByteSpace(a: number, b: number): boolean {
  return a === 0xc2 && (b === 0x85 || b === 0xa0);
}

/** U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000. */
function isThreeByteSpace(a: number, b: number, c: number): boolean {
  if (a === 0xe2 && b === 0x80) return (c >= 0x80 && c <= 0x8a) || c === 0xa8 || c === 0xa9 || c === 0xaf;
  return (
    (a === 0xe1 && b === 0x9a && c === 0x80) ||
    (a === 0xe2 && b === 0x81 && c === 0x9f) ||
    (a === 0xe3 && b === 0x80 && c === 0x80)
  );
}
