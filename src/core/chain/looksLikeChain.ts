import { EntryReader, LineKind } from './entryReader';
import { startOfNextLine } from './lines';

/** Lines that are looked at: the first of a chain may be damaged, but hardly all of them. */
const LINES = 20;

/**
 * Whether a file is a chain by its content: one of its first lines is an entry. A line that ends with the bytes given may
 * be cut off there.
 *
 * @param head the first bytes of the file.
 */
export function looksLikeChain(head: Uint8Array): boolean {
  const bytes = new Uint8Array(head.length + 1);
  bytes.set(head);
  bytes[head.length] = 0x0a;
  const reader = new EntryReader();
  let at = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  for (let line = 0; line < LINES && at < head.length;) {
    const kind = reader.read(bytes, at, head.length);
    if (kind === LineKind.Entry) return true;
    if (kind === LineKind.Malformed) line++;
    at = startOfNextLine(bytes, reader.lineEnd);
  }
  return false;
}
