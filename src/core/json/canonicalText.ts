/** Canonical JSON texts as strings. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

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
  const parts: string[] = [];
  for (let i = start; i < end; i += 8192) {
    parts.push(String.fromCharCode(...bytes.subarray(i, Math.min(end, i + 8192))));
  }
  return parts.join('');
}

/** The string that a canonical text (`"…"`, quotes included, at `start` to `end`) stands for. */
export function decodeCanonicalText(bytes: Uint8Array, start: number, end: number): string {
  const body = ascii(bytes, start + 1, end - 1);
  if (!body.includes('\\')) return body;
  return body.replace(/\\(?:u([0-9a-f]{4})|(.))/g, (_, hex: string | undefined, short: string) =>
    hex === undefined
      ? String.fromCharCode(UNESCAPED.get(short.charCodeAt(0))!)
      : String.fromCharCode(parseInt(hex, 16)),
  );
}
