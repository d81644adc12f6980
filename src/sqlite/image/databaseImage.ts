import { setImmediate, setTimeout } from 'node:timers/promises';
import { ChangesTarget, TooManyChanges } from './changesTarget';
import { DatabaseFileError, fileFailure } from './databaseFileError';
import { filesOf, standingOf, type DatabaseFiles, type DatabaseStamp, type Standing } from './databaseStamp';
import { DATABASE_HEADER, pageSizeOf } from './header';
import { readOnce } from './readOnce';
import { FileTarget, MemoryTarget } from './targets';

export { DatabaseFileError } from './databaseFileError';
export { isSameDatabase, type DatabaseStamp } from './databaseStamp';

/** A database as of its last commit, in memory. */
export interface DatabaseImage {
  /** Opens without a write-ahead log; whoever opens it may write to it. */
  readonly bytes: Uint8Array;
  readonly stamp: DatabaseStamp;
}

export interface ImageOptions {
  readonly signal?: AbortSignal;
}

/** How long a database that is written to is read again, in milliseconds; a large one at least some times, however long that takes. */
const PATIENCE = 5000;
const LEAST_ATTEMPTS = 5;

/** Bytes that an image in memory may grow by before it is read anew; they cost nothing until they are written to. */
const ROOM = 16 << 20;

/** Bytes of changed pages that are remembered beside an image. */
const MOST_CHANGED = 64 << 20;

/**
 * Reads a database and makes it whole: what is committed in its write-ahead log counts, what its rollback journal takes back does
 * not. The files are only read, and never opened as a database: SQLite would write beside them.
 *
 * @throws DatabaseFileError with a sentence where there is nothing to read.
 */
export async function readDatabaseImage(file: string, options: ImageOptions = {}): Promise<DatabaseImage> {
  return await untilStill(file, options, async (files, standing, pause) => {
    const target = new MemoryTarget(Number(standing.database.size), standing.size + Math.max(ROOM, standing.size / 8));
    const stamp = await readOnce(files, standing, target, pause);
    return stamp && { bytes: target.bytes(), stamp };
  });
}

/** How a database differs from an image that was read of it before. */
export interface ImageChanges {
  readonly stamp: DatabaseStamp;
  /** By number; the new ones as well. */
  readonly pages: ReadonlyMap<number, Uint8Array>;
  /** Makes the image that was read before the new one. Whoever opened it must have closed it. */
  apply(): DatabaseImage;
}

/**
 * Reads a database that was read before, all of it, and remembers what is different. The earlier image stays as it is.
 *
 * @returns undefined where there is too much of it, so that the database is to be read anew.
 * @throws DatabaseFileError with a sentence where there is nothing to read.
 */
export async function readImageChanges(
  file: string,
  { bytes }: DatabaseImage,
  options: ImageOptions = {},
): Promise<ImageChanges | undefined> {
  try {
    return await untilStill(file, options, async (files, standing, pause) => {
      const target = new ChangesTarget(bytes, MOST_CHANGED);
      const stamp = await readOnce(files, standing, target, pause);
      if (stamp === undefined) return undefined;
      const pages = target.changes();
      const size = target.size();
      const pageSize = pageSizeOf(target.start(DATABASE_HEADER));
      const room = bytes.buffer.byteLength - bytes.byteOffset;
      if (size > room || pageSize !== pageSizeOf(bytes)) throw new TooManyChanges();
      return { stamp, pages, apply: () => ({ bytes: withChanges(bytes, pages, size), stamp }) };
    });
  } catch (error) {
    if (error instanceof TooManyChanges) return undefined;
    throw error;
  }
}

/** An image with other pages, in the place of the one before. */
function withChanges(before: Uint8Array, pages: ReadonlyMap<number, Uint8Array>, size: number): Uint8Array {
  const image = new Uint8Array(before.buffer, before.byteOffset, size);
  const pageSize = pageSizeOf(before) ?? 0;
  for (const [number, page] of pages) image.set(page, (number - 1) * pageSize);
  return image;
}

/**
 * The same as a file of our own, without holding the database in memory.
 *
 * @param destination must not be there yet.
 */
export async function copyDatabaseImage(
  file: string,
  destination: string,
  options: ImageOptions = {},
): Promise<DatabaseStamp> {
  return await untilStill(file, options, async (files, standing, pause) => {
    const target = new FileTarget(destination);
    try {
      const stamp = await readOnce(files, standing, target, pause);
      if (stamp === undefined) target.discard();
      else target.close();
      return stamp;
    } catch (error) {
      target.discard();
      throw error;
    }
  });
}

/** How a database stands, for the price of a few looks. @throws DatabaseFileError where there is none. */
export function stampDatabase(file: string): DatabaseStamp {
  try {
    const { size, mark } = standingOf(filesOf(file));
    return { size, mark };
  } catch (error) {
    throw fileFailure(error);
  }
}

/** Reads again where somebody wrote meanwhile. */
async function untilStill<T>(
  file: string,
  { signal }: ImageOptions,
  read: (files: DatabaseFiles, standing: Standing, pause: () => Promise<void>) => Promise<T | undefined>,
): Promise<T> {
  /** Lets others have their turn, and stops where somebody asked for it. */
  const pause = async (): Promise<void> => {
    signal?.throwIfAborted();
    await setImmediate();
  };
  const start = performance.now();
  try {
    for (let attempt = 1; attempt <= LEAST_ATTEMPTS || performance.now() - start < PATIENCE; attempt++) {
      // The first time that is not worth waiting: whoever wrote has most likely just finished.
      if (attempt > 2) await setTimeout(Math.min(200, 5 * 2 ** (attempt - 3)), undefined, { signal });
      signal?.throwIfAborted();
      const files = filesOf(file);
      const result = await read(files, standingOf(files), pause);
      if (result !== undefined) return result;
    }
  } catch (error) {
    throw fileFailure(error);
  }
  throw new DatabaseFileError(
    'unstable',
    'The database was written to each time it was read. Try again when its writer is less busy.',
  );
}
