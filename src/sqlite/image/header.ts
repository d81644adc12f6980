import { DatabaseFileError } from './databaseFileError';

/** The first bytes of a database (sqlite.org/fileformat2.html#the_database_header). */
export const DATABASE_HEADER = 100;

const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');

export function isSqlite(header: Uint8Array): boolean {
  return header.length >= MAGIC.length && MAGIC.every((byte, i) => header[i] === byte);
}

/** Bytes of a page. @throws DatabaseFileError where the header states what cannot be. */
export function pageSizeOf(header: Uint8Array): number {
  const stated = (header[16] << 8) | header[17];
  const size = stated === 1 ? 65536 : stated;
  if (size >= 512 && (size & (size - 1)) === 0) return size;
  throw new DatabaseFileError(
    'damaged',
    'The database is damaged: its header states a page size that no database has.',
  );
}

/** Goes up with every transaction that is written into the file itself. */
export function changeCounter(header: Uint8Array): number {
  return new DataView(header.buffer, header.byteOffset).getUint32(24);
}

/** Lets the image be opened without a write-ahead log: what was in it is part of the image now. */
export function markAsWithoutWal(image: Uint8Array): void {
  image[18] = 1;
  image[19] = 1;
}

/** Why a file that does not begin as a database is none. */
export function notSqlite(start: Uint8Array, size: number): DatabaseFileError {
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
