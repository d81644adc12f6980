import * as fs from 'node:fs';
import { readAt } from './openFile';

const MAGIC = Uint8Array.of(0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7);

/** Whether these are the eight bytes that begin each header of a journal, and end one that names another. */
export function isJournalMagic(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/** Bytes of the longest path that SQLite takes. */
const MOST_NAME = process.platform === 'win32' ? 1040 : 512;

/**
 * Whether a journal ends with the name of another that is gone (readSuperJournal of pager.c). A transaction over several databases is
 * committed at the moment when the journal that their journals name is deleted.
 */
export function namesMissingSuperJournal(descriptor: number, size: number): boolean {
  const tail = new Uint8Array(16);
  if (size < 16 || readAt(descriptor, tail, size - 16) < 16 || !isJournalMagic(tail.subarray(8))) {
    return false;
  }
  const view = new DataView(tail.buffer);
  const length = view.getUint32(0);
  if (length === 0 || length > MOST_NAME || length > size - 16) return false;
  const name = new Uint8Array(length);
  if (readAt(descriptor, name, size - 16 - length) < length) return false;
  // SQLite adds the name's characters, which are signed where it is commonly compiled.
  const sum = new Int8Array(name.buffer).reduce((left, character) => (left - character) >>> 0, view.getUint32(4));
  const end = name.indexOf(0);
  return sum === 0 && end !== 0 && !isThere(Buffer.from(end < 0 ? name : name.subarray(0, end)));
}

/** As SQLite sees it: an empty file is as good as none. */
function isThere(name: Buffer): boolean {
  // A name on another computer would be looked up there, with this person's credentials.
  if (/^(\\\\|\/\/)/.test(name.toString('latin1'))) return false;
  try {
    const stats = fs.statSync(name);
    return !stats.isFile() || stats.size > 0;
  } catch {
    return false;
  }
}
