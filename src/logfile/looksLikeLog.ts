import { lineEntryOf, parseLine } from '../core/log/lineEntry';
import { isSqlite } from '../sqlite/image/header';

/** Names that say that a file is meant to be a database, whatever is in it. */
export const DATABASE_NAME = /\.(db|db3|sqlite|sqlite3)$/i;

/** Lines that are looked at: the first may be damaged, but hardly all of them. */
const LINES = 20;

/**
 * Whether a file is to be listed as a log: a database, by content or by its name, for one that cannot be read is something to know of; or
 * lines of JSON of which one of the first is an entry.
 *
 * @param name its name or path.
 * @param head its first bytes; undefined where it could not be read.
 */
export function looksLikeLog(name: string, head: Uint8Array | undefined): boolean {
  if (DATABASE_NAME.test(name)) return true;
  if (head === undefined) return false;
  if (isSqlite(head)) return true;
  const lines = Buffer.from(head.buffer, head.byteOffset, head.length)
    .toString('utf8')
    .split(/\r\n?|\n/, LINES + 1);
  return lines.slice(0, LINES).some(isEntry);
}

function isEntry(line: string): boolean {
  const text = line.trim();
  if (!text.startsWith('{') && !text.startsWith('\ufeff{')) return false;
  try {
    return lineEntryOf(parseLine(text.replace(/^\ufeff/, ''))) !== undefined;
  } catch {
    return false;
  }
}
