import { setImmediate, setTimeout } from 'node:timers/promises';
import { DatabaseFileError, fileFailure } from './databaseFileError';
import { standingOf, type DatabaseStamp } from './databaseStamp';
import { readOnce } from './readOnce';
import { FileTarget, MOST_IN_MEMORY, MemoryTarget } from './targets';

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

/** Pauses between attempts while somebody writes, in milliseconds: 5 s in all. */
const PAUSES = [0, 5, 10, 20, 40, 80, ...Array.from({ length: 24 }, () => 200)];

/**
 * Reads a database and makes it whole: what is committed in its write-ahead log counts, what its rollback journal takes back does
 * not. The files are only read, and never opened as a database: SQLite would write beside them.
 *
 * @throws DatabaseFileError with a sentence where there is nothing to read.
 */
export async function readDatabaseImage(file: string, options: ImageOptions = {}): Promise<DatabaseImage> {
  return await untilStill(file, options, async (standing) => {
    const target = new MemoryTarget(Math.min(standing.size, MOST_IN_MEMORY));
    const stamp = await readOnce(file, standing, target, pauses(options));
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
  return await untilStill(file, options, async (standing) => {
    const target = new FileTarget(destination);
    try {
      const stamp = await readOnce(file, standing, target, pauses(options));
      if (stamp === undefined) target.discard();
      return stamp;
    } catch (error) {
      target.discard();
      throw error;
    } finally {
      target.close();
    }
  });
}

/** How a database stands, for the price of a few looks. @throws DatabaseFileError where there is none. */
export function stampDatabase(file: string): DatabaseStamp {
  try {
    const { size, mark } = standingOf(file);
    return { size, mark };
  } catch (error) {
    throw fileFailure(error);
  }
}

/** Reads again where somebody wrote meanwhile. */
async function untilStill<T>(
  file: string,
  { signal }: ImageOptions,
  read: (standing: ReturnType<typeof standingOf>) => Promise<T | undefined>,
): Promise<T> {
  try {
    for (const pause of PAUSES) {
      if (pause > 0) await setTimeout(pause, undefined, { signal });
      const result = await read(standingOf(file));
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

/** Lets others have their turn, and stops where somebody asked for it. */
function pauses({ signal }: ImageOptions): () => Promise<void> {
  return async () => {
    signal?.throwIfAborted();
    await setImmediate();
  };
}
