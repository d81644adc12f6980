import { DatabaseFileError } from './databaseFileError';

/** The first bytes of a database (sqlite.org/fileformat2.html#the_database_header). */
export const DATABASE_HEADER = 100;

const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');

export function isSqlite(header: Uint8Array): boolean {
  return header.length >= MAGIC.length && MAGIC.every((byte, i) => header[i] === byte);
}

/** Bytes of a page; undefined where the header states none that can be. */
export function pageSizeOf(header: Uint8Array): number | undefined {
  const stated = (header[16] << 8) | header[17];
  const size = stated === 1 ? 65536 : stated;
  return size >= 512 && (size & (size - 1)) === 0 ? size : undefined;
}

/** How many pages the header says there are; undefined where a version of SQLite wrote last that does not say it. */
export function pageCountOf(header: Uint8Array): number | undefined {
  if (header.length < DATABASE_HEADER) return undefined;
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  return view.getUint32(24) === view.getUint32(92) ? view.getUint32(28) : undefined;
}

/** Goes up with every transaction that is written into the file itself; empty where the file ends before it. */
export function changeCounterOf(header: Uint8Array): string {
  return Buffer.from(header.subarray(24, 28)).toString('hex');
}

/**
 * Lets the image be opened without a write-ahead log: what was in it is part of the image now. Other versions than that of the log stay:
 * SQLite refuses what it does not know.
 *
 * @param header the first bytes, at least 20.
 */
export function markAsWithoutWal(header: Uint8Array): void {
  for (const version of [18, 19]) if (header[version] === 2) header[version] = 1;
}

/**
 * Makes sure that a file, or an image, begins as a database does.
 *
 * @param start its first 4,096 bytes, or all of it.
 * @param size bytes of all of it.
 * @throws DatabaseFileError where it does not.
 */
export function assertDatabase(start: Uint8Array, size: number): void {
  if (size === 0) throw new DatabaseFileError('empty', 'This file is empty: nothing has been recorded in it yet.');
  if (!isSqlite(start)) throw notSqlite(start, size);
  if (start.length < DATABASE_HEADER) {
    throw new DatabaseFileError(
      'damaged',
      `The database is damaged: it ends after ${start.length} bytes, within its header.`,
    );
  }
  if (pageSizeOf(start) === undefined) {
    throw new DatabaseFileError(
      'damaged',
      'The database is damaged: its header states a page size that no database has.',
    );
  }
}

function notSqlite(start: Uint8Array, size: number): DatabaseFileError {
  return looksEncrypted(start, size)
    ? new DatabaseFileError(
        'encrypted',
        'This is no SQLite database that can be read. It looks like random bytes, as an encrypted database does; an encrypted one cannot be read here.',
      )
    : new DatabaseFileError('not-sqlite', 'This is no SQLite database: it does not begin as one does.');
}

/** Whole pages of bytes that are spread evenly: text, images and most formats are not. */
function looksEncrypted(start: Uint8Array, size: number): boolean {
  if (size % 512 !== 0 || start.length < 1024) return false;
  const counts = new Uint32Array(256);
  for (const byte of start) counts[byte]++;
  const entropy = counts.reduce((sum, count) => {
    const share = count / start.length;
    return count === 0 ? sum : sum - share * Math.log2(share);
  }, 0);
  return entropy > (start.length >= 4096 ? 7.9 : 7.6);
}
