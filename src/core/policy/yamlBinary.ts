import type { PyBytes } from './yamlTree';

/**
 * `construct_yaml_binary` of PyYAML 6.0.3: base64 as Python's `base64.decodebytes` reads it, which passes over what is none.
 *
 * @returns undefined where Python raises: a character beyond ASCII, or padding that is missing.
 */
export function yamlBinary(text: string): PyBytes | undefined {
  if (/[^\0-\x7f]/.test(text)) return undefined;
  const bytes: number[] = [];
  let held = 0;
  /** Characters of the four that stand for three bytes. */
  let place = 0;
  let pads = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === PAD) {
      // Enough of them end it, whatever follows.
      if (place >= 2 && place + ++pads >= 4) return { kind: 'bytes', bytes };
      continue;
    }
    const value = ALPHABET.indexOf(text[i]);
    if (value < 0) continue;
    pads = 0;
    held = ((held << 6) | value) & 0xffff;
    if (place > 0) bytes.push((held >> (6 - 2 * place)) & 0xff);
    place = (place + 1) % 4;
  }
  return place === 0 ? { kind: 'bytes', bytes } : undefined;
}

const PAD = 0x3d;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
