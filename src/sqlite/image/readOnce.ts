import * as fs from 'node:fs';
import { DatabaseFileError } from './databaseFileError';
import { companions, standingOf, type DatabaseStamp, type Standing } from './databaseStamp';
import { DATABASE_HEADER, changeCounter, isSqlite, notSqlite, pageSizeOf } from './header';
import { originals } from './journal';
import { openFile, openIfThere, readAt } from './openFile';
import { UnknownWalVersion, WAL_HEADER, committedFrames } from './wal';

/** Where an image is put together. */
export interface ImageTarget {
  /** Room to read `length` bytes into that belong at `position`; `written` says when they are there. */
  room(position: number, length: number): Uint8Array;
  written(position: number, bytes: Uint8Array): void;
  resize(length: number): void;
  size(): number;
  /** The first bytes, as they are so far. */
  start(length: number): Uint8Array;
  /** All is there. */
  finish(): void;
}

type Pause = () => Promise<void>;

/** Bytes that are read between two pauses. */
const CHUNK = 8 << 20;

/**
 * Reads a database once; undefined where it was written to in a way that leaves no state that was ever committed.
 *
 * Locks of other processes cannot be seen from here, so the order of reading has to do: the database first, then its journal, then its
 * write-ahead log.
 * - With a log, only checkpoints write to the database, and they write what is in a committed frame of the log. What they wrote, or
 *   were about to write, while the database was read is laid over from the log, unless the log began anew in between: then its
 *   header has other salts, which are written before any frame is overwritten.
 * - Without one, a writer puts the original of a page into its journal before it changes the page. So the journal that is there behind
 *   the reading takes back what was changed, unless a transaction ended in between: then the journal is gone or another one,
 *   or the database's change counter has gone up.
 *
 * @param before how the files stood before.
 */
export async function readOnce(
  file: string,
  before: Standing,
  target: ImageTarget,
  pause: Pause,
): Promise<DatabaseStamp | undefined> {
  const { descriptor, stats } = openFile(file);
  try {
    if (stats.ino !== before.database.ino) return undefined;
    const first = readHeader(descriptor, Number(stats.size));
    await readAll(descriptor, target, pause);
    const counted = undo(file, first, target, descriptor);
    if (counted === undefined) return undefined;
    if (!(await redo(file, before, target, pause))) return undefined;
    target.finish();
    const after = standingOf(file);
    return isCommitted(before, counted, after, first) ? { size: before.size, mark: before.mark } : undefined;
  } finally {
    fs.closeSync(descriptor);
  }
}

/** What the journal was when it was laid over the database, and the change counter of the last commit. */
interface Undone {
  readonly transaction: string;
  readonly counter: number;
}

function isCommitted(before: Standing, undone: Undone, after: Standing, first: Uint8Array): boolean {
  const same = before.database.ino === after.database.ino && before.walCycle === after.walCycle;
  if (!same || undone.transaction !== after.transaction) return false;
  // Under a write-ahead log nothing but checkpoints writes to the database.
  if (before.walCycle !== '' && undone.transaction === '' && before.transaction === '') return true;
  if (undone.transaction !== '') {
    // One transaction all the time, or none ended before this one began.
    return (
      before.transaction === undone.transaction ||
      (before.transaction === '' && undone.counter === changeCounter(first))
    );
  }
  const still =
    before.database.size === after.database.size &&
    before.database.mtimeNs === after.database.mtimeNs &&
    before.database.ctimeNs === after.database.ctimeNs;
  return before.transaction === '' && still && undone.counter === changeCounter(first);
}

function readHeader(descriptor: number, size: number): Uint8Array {
  if (size === 0) {
    throw new DatabaseFileError('empty', 'This file is empty: nothing has been recorded in it yet.');
  }
  const start = new Uint8Array(Math.min(4096, size));
  const read = start.subarray(0, readAt(descriptor, start, 0));
  if (!isSqlite(read)) throw notSqlite(read, size);
  if (read.length < DATABASE_HEADER) {
    throw new DatabaseFileError(
      'damaged',
      `The database is damaged: it ends after ${read.length} bytes, within its header.`,
    );
  }
  pageSizeOf(read);
  return read.slice(0, DATABASE_HEADER);
}

async function readAll(descriptor: number, target: ImageTarget, pause: Pause): Promise<void> {
  let position = 0;
  for (;;) {
    const { size } = fs.fstatSync(descriptor);
    if (position >= size) break;
    const room = target.room(position, Math.min(CHUNK, size - position));
    const read = readAt(descriptor, room, position);
    if (read > 0) target.written(position, room.subarray(0, read));
    position += read;
    if (read < room.length) break;
    await pause();
  }
  target.resize(position);
}

/** Takes back what a transaction did that was not committed. undefined: a transaction ended while this looked. */
function undo(file: string, first: Uint8Array, target: ImageTarget, descriptor: number): Undone | undefined {
  const now = new Uint8Array(DATABASE_HEADER);
  const { transaction } = standingOf(file);
  if (transaction === '') {
    readAt(descriptor, now, 0);
    return { transaction, counter: changeCounter(now) };
  }
  const journal = openIfThere(companions(file).journal);
  if (journal === undefined) return undefined;
  try {
    const found = originals(journal.descriptor, Number(journal.stats.size), pageSizeOf(first));
    if (found !== undefined) {
      for (const [page, offset] of found.offsets) copyPage(journal.descriptor, offset, page, found.pageSize, target);
      // A journal that is damaged can state any size: it never lengthens what is there.
      target.resize(Math.min(target.size(), found.pages * found.pageSize));
    }
    const page1 = found?.offsets.get(1);
    if (page1 === undefined) readAt(descriptor, now, 0);
    else readAt(journal.descriptor, now, page1);
    return { transaction, counter: changeCounter(now) };
  } finally {
    fs.closeSync(journal.descriptor);
  }
}

/** Lays over what is committed in the write-ahead log. false: the log has begun anew. */
async function redo(file: string, before: Standing, target: ImageTarget, pause: Pause): Promise<boolean> {
  if (before.walCycle === '') return true;
  const wal = openIfThere(companions(file).wal);
  if (wal === undefined) return false;
  try {
    const header = new Uint8Array(WAL_HEADER);
    readAt(wal.descriptor, header, 0);
    const found = await committedFrames(wal.descriptor, header, Number(wal.stats.size), pause);
    if (found === undefined) return true;
    let sincePause = 0;
    for (const [page, offset] of found.offsets) {
      if (page <= found.pages) copyPage(wal.descriptor, offset, page, found.pageSize, target);
      sincePause += found.pageSize;
      if (sincePause < CHUNK) continue;
      sincePause = 0;
      await pause();
    }
    target.resize(found.pages * found.pageSize);
    return true;
  } catch (error) {
    if (!(error instanceof UnknownWalVersion)) throw error;
    throw new DatabaseFileError(
      'damaged',
      'The write-ahead log beside the database (-wal) is of a version that SQLite does not know, so the database cannot be read.',
    );
  } finally {
    fs.closeSync(wal.descriptor);
  }
}

function copyPage(from: number, offset: number, page: number, pageSize: number, target: ImageTarget): void {
  const position = (page - 1) * pageSize;
  const room = target.room(position, pageSize);
  const read = readAt(from, room, offset);
  target.written(position, room.subarray(0, read));
}
