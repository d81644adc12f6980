import * as fs from 'node:fs';
import { DatabaseFileError } from './databaseFileError';

/** A file that is open for reading, and what the system told of it when it was opened. */
export interface OpenFile {
  readonly descriptor: number;
  readonly stats: fs.BigIntStats;
}

/** Opens a regular file for reading. Anything else, such as a pipe, could hold a reader for ever. */
export function openFile(file: string): OpenFile {
  // A pipe without a writer would block an open that waits.
  const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    const stats = fs.fstatSync(descriptor, { bigint: true });
    if (stats.isDirectory()) {
      throw new DatabaseFileError('folder', 'This is a folder, not a database. Give the path of a file in it.');
    }
    if (!stats.isFile())
      throw new DatabaseFileError('unreadable', 'This is no file, but a device, a pipe or a socket.');
    return { descriptor, stats };
  } catch (error) {
    fs.closeSync(descriptor);
    throw error;
  }
}

/** The same where the file may be missing; also for one that is no file: SQLite would not use it either. */
export function openIfThere(file: string): OpenFile | undefined {
  try {
    return openFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
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
