/** The UTF-8 bytes of a well-formed string. (`core` has no TextEncoder: it stands on the language alone.) */
export function utf8(text: string): Uint8Array {
  // What Python writes is ASCII: each unit is its byte.
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80) return encoded(text);
    bytes[at] = unit;
  }
  return bytes;
}

function encoded(text: string): Uint8Array {
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

/** Bytes of the UTF-8 character that starts at `at`, 0 where none does: as strict as Python and the Unicode standard. */
export function utf8Size(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  if (lead < 0x80) return 1;
  const size =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  for (let i = 1; i < size; i++) if ((bytes[at + i] & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1];
  // No overlong form, no surrogate, nothing past U+10FFFF.
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return 0;
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return 0;
  return size;
}

/** Where the first byte stands that is no UTF-8, or -1. Behind `end` there must be a byte that continues no character. */
export function firstInvalidUtf8(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end;) {
    const size = utf8Size(bytes, at);
    if (size === 0) return at;
    at += size;
  }
  return -1;
}
