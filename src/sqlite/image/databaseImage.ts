import { setImmediate, setTimeout } from 'node:timers/promises';
import { DatabaseFileError, fileFailure } from './databaseFileError';
import { filesOf, standingOf, type DatabaseFiles, type DatabaseStamp, type Standing } from './databaseStamp';
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

/**
 * Reads a database and makes it whole: what is committed in its write-ahead log counts, what its rollback journal takes back does
 * not. The files are only read, and never opened as a database: SQLite would write beside them.
 *
 * @throws DatabaseFileError with a sentence where there is nothing to read.
 */
export async function readDatabaseImage(file: string, options: ImageOptions = {}): Promise<DatabaseImage> {
  return await untilStill(file, options, async (files, standing, pause) => {
    const target = new MemoryTarget(Number(standing.database.size), standing.size);
    const stamp = await readOnce(files, standing, target, pause);
    return stamp && { bytes: target.bytes(), stamp };
  });
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
