/** The UTF-8 bytes of a well-formed string. (`core` has no TextEncoder: it stands on the language alone.) */
export function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let o = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    if (point < 0x80) {
      bytes[o++] = point;
    } else if (point < 0x800) {
      bytes[o++] = 0xc0 | (point >> 6);
      bytes[o++] = 0x80 | (point & 0x3f);
    } else if (point < 0x10000) {
      bytes[o++] = 0xe0 | (point >> 12);
      bytes[o++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[o++] = 0x80 | (point & 0x3f);
    } else {
      bytes[o++] = 0xf0 | (point >> 18);
      bytes[o++] = 0x80 | ((point >> 12) & 0x3f);
      bytes[o++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[o++] = 0x80 | (point & 0x3f);
    }
  }
  return bytes.slice(0, o);
}
