/** Canonical JSON texts as strings. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LOWER_U = 0x75;

/** The code unit that an escape stands for, by the byte after the backslash. */
export const UNESCAPED = new Map([
  [0x62, 0x08],
  [0x74, 0x09],
  [0x6e, 0x0a],
  [0x66, 0x0c],
  [0x72, 0x0d],
  [QUOTE, QUOTE],
  [BACKSLASH, BACKSLASH],
  [0x2f, 0x2f],
]);

/** ASCII bytes as a string, in pieces: a call takes only so many arguments. */
export function ascii(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= 64) {
    let text = '';
    for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]);
    return text;
  }
  return fromUnits(bytes.subarray(start, end));
}

/**
 * A canonical value as a string that is no longer than `limit` bytes and a little: of a longer one the start, its length
 * and a number made of all its bytes, so that two that differ stay apart. What was a text still is one.
 */
export function boundedText(bytes: Uint8Array, start: number, end: number, limit: number): string {
  const length = end - start;
  if (length <= limit) return ascii(bytes, start, end);
  const isText = bytes[start] === QUOTE;
  let shown = start;
  // Up to the first escape, which must not be cut in two.
  while (shown < start + 64 && bytes[shown] !== BACKSLASH) shown++;
  let sum = 0x811c9dc5;
  for (let i = start; i < end; i++) sum = Math.imul(sum ^ bytes[i], 0x01000193);
  return `${ascii(bytes, start, shown)}... (${length} bytes, ${(sum >>> 0).toString(16)})${isText ? '"' : ''}`;
}

/** The string that a canonical text (`"…"`, quotes included, at `start` to `end`) stands for. */
export function decodeCanonicalText(bytes: Uint8Array, start: number, end: number): string {
  const last = end - 1;
  let at = start + 1;
  while (at < last && bytes[at] !== BACKSLASH) at++;
  if (at === last) return ascii(bytes, start + 1, last);
  const units = new Uint16Array(last - start);
  let length = 0;
  at = start + 1;
  while (at < last) {
    if (bytes[at] !== BACKSLASH) {
      units[length++] = bytes[at++];
    } else if (bytes[at + 1] === LOWER_U) {
      units[length++] = parseInt(String.fromCharCode(...bytes.subarray(at + 2, at + 6)), 16);
      at += 6;
    } else {
      units[length++] = UNESCAPED.get(bytes[at + 1])!;
      at += 2;
    }
  }
  return fromUnits(units.subarray(0, length));
}

/** In pieces: a call takes only so many arguments. */
function fromUnits(units: Uint16Array | Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < units.length; i += 8192) parts.push(String.fromCharCode(...units.subarray(i, i + 8192)));
  return parts.join('');
}
