import * as fs from 'node:fs';
import { DatabaseFileError, fileFailure } from './databaseFileError';

/** A file that is open for reading, and what the system told of it when it was opened. */
export interface OpenFile {
  readonly descriptor: number;
  readonly stats: fs.BigIntStats;
}

// A pipe without a writer would block an open that waits. Windows knows none of these.
const {
  O_RDONLY,
  O_NONBLOCK = 0,
  O_NOFOLLOW = 0,
} = fs.constants as Partial<typeof fs.constants> & { O_RDONLY: number };

/** Opens a regular file for reading. Anything else, such as a pipe, could hold a reader for ever. */
export function openFile(file: string, flags = 0): OpenFile {
  const descriptor = fs.openSync(file, O_RDONLY | O_NONBLOCK | flags);
  try {
    const stats = fs.fstatSync(descriptor, { bigint: true });
    if (stats.isDirectory()) {
      throw new DatabaseFileError('folder', 'This is a folder, not a database. Give the path of a file in it.');
    }
    if (!stats.isFile()) {
      throw new DatabaseFileError('unreadable', 'This is no file but a device, a pipe or a socket, so no database.');
    }
    return { descriptor, stats };
  } catch (error) {
    fs.closeSync(descriptor);
    throw error;
  }
}

/**
 * Opens a file beside the database; undefined where there is none. SQLite opens no database whose companion it cannot open, nor does it
 * follow a symbolic link there.
 *
 * @param what the file is to the database.
 */
export function openCompanion(file: string, what: string): OpenFile | undefined {
  try {
    return openFile(file, O_NOFOLLOW);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const sentence = `The ${what} beside the database could not be read`;
    if (error instanceof DatabaseFileError) throw new DatabaseFileError('unreadable', `${sentence}: it is no file.`);
    if (code === 'ELOOP') throw new DatabaseFileError('unreadable', `${sentence}: it is a symbolic link.`);
    throw fileFailure(error, sentence);
  }
}

/** Fills `target` with what stands at `position`; returns how many bytes there were. */
export function readAt(descriptor: number, target: Uint8Array, position: number): number {
  let done = 0;
  while (done < target.length) {
    const read = fs.readSync(descriptor, target, done, Math.min(target.length - done, MOST_AT_ONCE), position + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}

const MOST_AT_ONCE = 16 << 20;
