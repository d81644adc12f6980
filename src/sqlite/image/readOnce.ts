import * as fs from 'node:fs';
import { DatabaseFileError } from './databaseFileError';
import {
  isSameFile,
  isUnwritten,
  openJournal,
  openWal,
  standingOf,
  type DatabaseFiles,
  type DatabaseStamp,
  type Standing,
} from './databaseStamp';
import { DATABASE_HEADER, assertDatabase, pageSizeOf } from './header';
import { originals, transactionOf } from './journal';
import { openFile, readAt } from './openFile';
import { layOver } from './pages';
import type { ImageTarget } from './targets';
import { UnknownWalVersion, committedFrames, walCycleOf } from './wal';

type Pause = () => Promise<void>;

/** Bytes that are read between two pauses. */
const CHUNK = 8 << 20;
/** Bytes from whose spread an encrypted file is known. */
const START = 4096;

/**
 * Reads a database once; undefined where it was written to in a way that leaves no state that was ever committed.
 *
 * Locks of other processes cannot be seen from here, so the order of reading has to do: how all stands, the database, its journal, its
 * write-ahead log, how all stands.
 * - With a log, only checkpoints write to the database, and they write what is in a committed frame of the log. What they wrote, or
 *   were about to write, while the database was read is laid over from the log, unless the log began anew in between: then its
 *   header has other salts, which are written before any frame is overwritten.
 * - With a journal, a writer puts the original of a page into it before it changes the page. So the journal that is there behind the
 *   reading takes back what was changed, if it has been the same transaction's all the time.
 * - With neither, nothing may have been written. A transaction that came and went left a higher change counter (the first is read before the
 *   first look for a journal, so it cannot be that transaction's own) or, if it was rolled back, other times. Where the last write is so
 *   recent that the times cannot tell, the database is read twice: what is the same in both readings stood there in between.
 *
 * @param before how the files stood before.
 * @throws DatabaseFileError where what stands there is no database.
 */
export async function readOnce(
  files: DatabaseFiles,
  before: Standing,
  target: ImageTarget,
  pause: Pause,
): Promise<DatabaseStamp | undefined> {
  const { descriptor, stats } = openFile(files.database);
  try {
    if (!isSameFile(stats, before.database)) return undefined;
    const isAlone = before.walCycle === '' && before.transaction === '';
    // A journal or a log may hold what the file itself lacks, unless it is empty: then SQLite lets neither count.
    if (isAlone || stats.size === 0n) assertDatabase(startOf(descriptor), Number(stats.size));
    await readAll(descriptor, target, pause);
    if ((await undo(files, target, pause)) !== before.transaction) return undefined;
    if ((await redo(files, before, target, pause)) !== before.walCycle) return undefined;
    if (isAlone && before.isFresh && !(await isStillThere(descriptor, target, pause))) return undefined;
    const after = standingOf(files);
    const isSame =
      isSameFile(before.database, after.database) &&
      before.walCycle === after.walCycle &&
      before.transaction === after.transaction;
    const isUntouched = isUnwritten(before.database, after.database) && before.changeCounter === after.changeCounter;
    if (!isSame || (isAlone && !isUntouched)) return undefined;
  } finally {
    fs.closeSync(descriptor);
  }
  assertDatabase(target.start(START), target.size());
  // SQLite counts a page that is there in part as one; sql.js reads none that is not there to its end.
  const pageSize = pageSizeOf(target.start(DATABASE_HEADER)) ?? DEFAULT_PAGE_SIZE;
  target.resize(Math.ceil(target.size() / pageSize) * pageSize);
  target.finish();
  return { size: before.size, mark: before.mark };
}

function startOf(descriptor: number): Uint8Array {
  const start = new Uint8Array(START);
  return start.subarray(0, readAt(descriptor, start, 0));
}

async function readAll(descriptor: number, target: ImageTarget, pause: Pause): Promise<void> {
  let position = 0;
  for (;;) {
    const { size } = fs.fstatSync(descriptor);
    if (position >= size) break;
    const room = target.room(position, Math.min(CHUNK, size - position));
    const read = readAt(descriptor, room, position);
    target.written(position, room.subarray(0, read));
    position += read;
    if (read < room.length) break;
    await pause();
  }
  target.resize(position);
}

/** Reads a database again, and tells whether it is what was read before. */
async function isStillThere(descriptor: number, target: ImageTarget, pause: Pause): Promise<boolean> {
  const size = target.size();
  if (fs.fstatSync(descriptor).size !== size) return false;
  const chunk = new Uint8Array(Math.min(CHUNK, size));
  for (let position = 0; position < size; position += chunk.length) {
    const part = chunk.subarray(0, Math.min(chunk.length, size - position));
    if (readAt(descriptor, part, position) < part.length || !target.holds(position, part)) return false;
    await pause();
  }
  return true;
}

/** Takes back what a transaction did that was not committed, and tells which one. */
async function undo(files: DatabaseFiles, target: ImageTarget, pause: Pause): Promise<string> {
  const journal = openJournal(files);
  if (journal === undefined) return '';
  try {
    const transaction = transactionOf(journal);
    if (transaction === '') return '';
    const pageSize = pageSizeOf(target.start(DATABASE_HEADER)) ?? DEFAULT_PAGE_SIZE;
    const found = await originals(journal, pageSize, pause);
    if (found !== undefined) await layOver(target, journal.descriptor, found, found.pageSize, pause);
    return transaction;
  } finally {
    fs.closeSync(journal.descriptor);
  }
}

/** What SQLite counts with where a header states no size that can be. */
const DEFAULT_PAGE_SIZE = 4096;

/** Lays over what is committed in the write-ahead log, and tells which cycle of it that was. */
async function redo(files: DatabaseFiles, before: Standing, target: ImageTarget, pause: Pause): Promise<string> {
  const wal = openWal(files);
  if (wal === undefined) return '';
  try {
    const cycle = walCycleOf(wal);
    if (cycle !== before.walCycle || cycle === '') return cycle;
    const found = await committedFrames(wal, pause);
    if (found === undefined) return cycle;
    // The page size is the one of the newest first page, even where the log was begun with another.
    const header = target.start(DATABASE_HEADER).slice();
    const first = found.offsets.get(1);
    if (first !== undefined) readAt(wal.descriptor, header, first);
    await layOver(target, wal.descriptor, found, pageSizeOf(header) ?? found.pageSize, pause);
    return cycle;
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
